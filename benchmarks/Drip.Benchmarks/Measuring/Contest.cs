using System.Diagnostics;

namespace Drip.Benchmarks.Measuring;

/// <summary>One way to do the work.</summary>
/// <param name="Name">What it is.</param>
/// <param name="RunAsync">Opens the copy at this address, does the work, closes it, and returns how many rows it touched.</param>
internal sealed record Contestant(string Name, Func<string, Task<long>> RunAsync)
{
    /// <summary>In how many rounds it takes part: fewer for one that is slow and has no target, and then without a warm-up.</summary>
    public int? Rounds { get; init; }
}

/// <summary>
/// Lets contestants do the same work in turn, each on a copy of its own of the same data. Ratios are taken within a round,
/// in which the machine was as busy for one as for the other, and the order changes from round to round.
/// </summary>
internal sealed class Contest(ITemplate template, params Contestant[] contestants)
{
    private readonly List<double[]> _rounds = [];
    private (long Touched, string Rows)? _expected;

    public async Task RunAsync(Scale scale)
    {
        for (var i = 0; i < scale.WarmUps; i++) await RoundAsync(i, each => each.Rounds is null);
        for (var i = 0; i < scale.Rounds; i++) _rounds.Add(await RoundAsync(i, each => !(each.Rounds <= i)));
    }

    /// <summary>How many times the rate of one contestant is that of another, in each round in which both took part.</summary>
    public double[] Ratios(string of, string over)
    {
        var (left, right) = (IndexOf(of), IndexOf(over));
        return [.. _rounds.Select(seconds => seconds[right] / seconds[left]).Where(double.IsFinite)];
    }

    /// <summary>The contestant with the smallest median time.</summary>
    public string Fastest(params string[] names) =>
        names.MinBy(name => Median.Of(_rounds.Select(seconds => seconds[IndexOf(name)])))!;

    private async Task<double[]> RoundAsync(int number, Func<Contestant, bool> takesPart)
    {
        var seconds = new double[contestants.Length];
        for (var i = 0; i < contestants.Length; i++)
        {
            var turn = (i + number) % contestants.Length;
            seconds[turn] = takesPart(contestants[turn]) ? await TurnAsync(contestants[turn]) : double.NaN;
        }

        return seconds;
    }

    private async Task<double> TurnAsync(Contestant contestant)
    {
        await using var copy = await template.CopyAsync();
        GC.Collect();
        GC.WaitForPendingFinalizers();

        var start = Stopwatch.GetTimestamp();
        var touched = await contestant.RunAsync(copy.Address);
        var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;

        var outcome = (touched, await copy.FingerprintAsync());
        _expected ??= outcome;
        if (outcome != _expected)
        {
            throw new InvalidOperationException($"{contestant.Name} touched {touched} rows and left {outcome.Item2}; {contestants[0].Name} {_expected.Value.Touched} and {_expected.Value.Rows}.");
        }

        return elapsed;
    }

    private int IndexOf(string name) => Array.FindIndex(contestants, contestant => contestant.Name == name);
}
