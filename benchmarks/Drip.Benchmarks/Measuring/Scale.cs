namespace Drip.Benchmarks.Measuring;

/// <summary>How much work a measurement is given.</summary>
internal sealed record Scale
{
    public required string Name { get; init; }

    /// <summary>Rows of the table that backfills walk.</summary>
    public required int Rows { get; init; }

    /// <summary>Rounds that count.</summary>
    public required int Rounds { get; init; }

    /// <summary>Rows of the batch backfill, which is so fast that opening and closing would count in a smaller one.</summary>
    public required int BatchRows { get; init; }

    /// <summary>Rounds before those that count, in which the runtime compiles what is hot.</summary>
    public required int WarmUps { get; init; }

    /// <summary>Rows of the large table whose peak memory is compared with that of <see cref="SmallRows"/>.</summary>
    public required int LargeRows { get; init; }

    /// <summary>Rows of the element backfill on PostgreSQL, where some peers take a round trip for each row.</summary>
    public required int PostgresRows { get; init; }

    /// <summary>Rows of the batch backfill on PostgreSQL.</summary>
    public required int PostgresBatchRows { get; init; }

    /// <summary>Runs that are claimed in one round.</summary>
    public required int Claims { get; init; }

    /// <summary>How long runs are claimed while a transaction is held open.</summary>
    public required TimeSpan HeldOpen { get; init; }

    /// <summary>Layers of the graph of steps, of 32 steps each.</summary>
    public required int StepLayers { get; init; }

    public int SmallRows => 100_000;

    public int BatchSize => 1000;

    public required int Starts { get; init; }

    public static Scale Quick { get; } = new()
    {
        Name = "quick", Rows = 400_000, BatchRows = 1_000_000, Rounds = 5, WarmUps = 1,
        LargeRows = 1_000_000, PostgresRows = 150_000, PostgresBatchRows = 1_000_000,
        Claims = 5_000, HeldOpen = TimeSpan.FromSeconds(6), Starts = 10, StepLayers = 500,
    };

    public static Scale Full { get; } = new()
    {
        Name = "full", Rows = 1_000_000, BatchRows = 1_000_000, Rounds = 11, WarmUps = 2,
        LargeRows = 10_000_000, PostgresRows = 200_000, PostgresBatchRows = 1_000_000,
        Claims = 30_000, HeldOpen = TimeSpan.FromSeconds(30), Starts = 40, StepLayers = 1_000,
    };
}
