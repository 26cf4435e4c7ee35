namespace Drip;

/// <summary>Where a run stands when one of its hooks is called.</summary>
/// <param name="RunId">The run's id.</param>
/// <param name="Job">The job's name.</param>
/// <param name="Status">The status that is being entered; in an after-hook, that was entered.</param>
/// <param name="Options">The options as a canonical JSON object of texts: sorted names, secrets masked.</param>
/// <param name="CreatedBy">Who asked for the run.</param>
/// <param name="Scanned">Rows that batches have covered.</param>
/// <param name="Processed">Rows that the author's method said it handled.</param>
/// <param name="Quarantined">Rows that were put aside because they could not be handled.</param>
/// <param name="Batches">Batches that committed.</param>
/// <param name="Total">Rows in scope, where they are counted by now.</param>
/// <param name="ErrorType">The full type name of the exception, where the run failed or was paused by an error.</param>
/// <param name="ErrorMessage">Its message.</param>
public sealed record RunContext(
    string RunId, string Job, HookStatus Status, string Options, string? CreatedBy,
    long Scanned, long Processed, long Quarantined, long Batches, long? Total,
    string? ErrorType, string? ErrorMessage);
