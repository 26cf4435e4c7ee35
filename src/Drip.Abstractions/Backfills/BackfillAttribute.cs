namespace Drip;

/// <summary>
/// Makes a partial class a backfill: a job that walks the rows of its <c>Scope()</c> in key order, in batches, and hands
/// them to exactly one of <c>ProcessBatch</c>/<c>ProcessBatchAsync</c> or <c>ProcessElement</c>/<c>ProcessElementAsync</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class BackfillAttribute : Attribute
{
    /// <summary>The job's name; default: the kebab-case of the class's name.</summary>
    public string? Name { get; set; }

    /// <summary>One line that says what the job does, for lists and forms.</summary>
    public string? Description { get; set; }

    /// <summary>Rows per batch.</summary>
    public int BatchSize { get; set; } = 1000;

    /// <summary>The pause between batches, for example <c>"100ms"</c>, <c>"2s"</c>; default none.</summary>
    public string? Sleep { get; set; }

    /// <summary>How many rows a second all workers of a run handle together at most; default 0: no limit.</summary>
    public double RatePerSecond { get; set; }

    /// <summary>Into how many ranges of keys the scope is divided, for as many workers at the same time; default 1.</summary>
    public int Partitions { get; set; } = 1;

    /// <summary>How many rows may fail before the run does; those that fail wait in quarantine. Default 0: the first one fails the run.</summary>
    public int MaxFailures { get; set; }

    /// <summary>Which share of the rows may fail before the run does, 0 to 1, where that is more than <see cref="MaxFailures"/>; default 0.</summary>
    public double FailureRate { get; set; }

    /// <summary>Which of the host's databases holds the rows; default: the one without a name.</summary>
    public string? Database { get; set; }
}
