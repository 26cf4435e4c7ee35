using Drip.Runs;

namespace Drip.Data;

/// <summary>What is to become of a quarantined row.</summary>
public enum QuarantineState
{
    /// <summary>It failed and waits for a person.</summary>
    Open,
    /// <summary>It is tried again when its run goes on.</summary>
    Retry,
    /// <summary>A person said that it is to be left as it is.</summary>
    Skipped,
}

/// <summary>A row that fails: a row of <c>drip_quarantine</c>, written in the transaction that commits the rows around it.</summary>
/// <param name="Run">The run's id.</param>
/// <param name="Partition">The partition that it lies in.</param>
/// <param name="Key">Its key.</param>
/// <param name="Error">Why it fails.</param>
/// <param name="At">When it failed last, UTC.</param>
public sealed record QuarantinedRow(string Run, int Partition, Key Key, RunError Error, DateTimeOffset At)
{
    /// <summary>How often it was tried by itself and failed.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>What is to become of it.</summary>
    public QuarantineState State { get; init; }
}

/// <summary>The quarantined rows of a database.</summary>
public interface IQuarantine
{
    /// <summary>The rows of a run, in the order in which they failed.</summary>
    ValueTask<IReadOnlyList<QuarantinedRow>> ListAsync(string run, CancellationToken cancellationToken);

    /// <summary>How many rows of a run are not skipped.</summary>
    ValueTask<long> CountAsync(string run, CancellationToken cancellationToken);

    /// <summary>Closes a row for good; false if the run has no such row that is open.</summary>
    ValueTask<bool> SkipAsync(string run, Key key, CancellationToken cancellationToken);
}
