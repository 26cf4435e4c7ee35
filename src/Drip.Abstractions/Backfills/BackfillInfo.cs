namespace Drip;

/// <summary>What the generator knows of a backfill: constants, made once per job.</summary>
/// <param name="Name">The job's name, for example <c>add-role</c>.</param>
/// <param name="Class">The full name of the author's class.</param>
public sealed record BackfillInfo(string Name, string Class)
{
    /// <summary>One line that says what the job does.</summary>
    public string? Description { get; init; }

    /// <summary>Rows per batch, unless a run says otherwise.</summary>
    public int BatchSize { get; init; } = 1000;

    /// <summary>The pause between batches, unless a run says otherwise.</summary>
    public TimeSpan Sleep { get; init; }

    /// <summary>How many rows a second all workers of a run handle together at most, unless a run says otherwise; null for no limit.</summary>
    public double? RatePerSecond { get; init; }

    /// <summary>Into how many ranges of keys the scope is divided, unless a run says otherwise.</summary>
    public int Partitions { get; init; } = 1;

    /// <summary>How many rows may fail before the run does.</summary>
    public int MaxFailures { get; init; }

    /// <summary>Which share of the rows may fail before the run does, where that is more than <see cref="MaxFailures"/>.</summary>
    public double FailureRate { get; init; }

    /// <summary>Which of the host's databases holds the rows; null for the one without a name.</summary>
    public string? Database { get; init; }

    /// <summary>Whether the author's method takes rows one by one.</summary>
    public bool IsElementWise { get; init; }

    /// <summary>The options, in the order of the class's properties.</summary>
    public IReadOnlyList<OptionInfo> Options { get; init; } = [];
}
