namespace Drip.Runs;

/// <summary>A moment of a run, for people who watch.</summary>
/// <param name="Run">The run's id.</param>
/// <param name="Job">The job's name.</param>
/// <param name="Counters">How far it has come.</param>
/// <param name="RowsPerSecond">The rate over the last seconds; null before there is one.</param>
public sealed record RunProgress(string Run, string Job, RunCounters Counters, double? RowsPerSecond)
{
    /// <summary>How much is done, 0 to 100; null while the total is unknown.</summary>
    public double? Percent => Counters.Total switch
    {
        null => null,
        0 => 100,
        var total => Math.Min(100, 100.0 * Counters.Scanned / total.Value),
    };

    /// <summary>How long the rest will take at this rate; null while the total or the rate is unknown.</summary>
    public TimeSpan? Eta => (Counters.Total, RowsPerSecond) switch
    {
        (null, _) or (_, null or <= 0) => null,
        var (total, rate) => TimeSpan.FromSeconds(Math.Min(Math.Max(0, total.Value - Counters.Scanned) / rate.Value, TimeSpan.FromDays(3650).TotalSeconds)),
    };
}
