namespace Drip.Benchmarks.Measuring;

/// <summary>One number and its target. A ratio is the rate of Drip over that of the peer, unless it is an at-most one.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Peer">What Drip was measured against.</param>
/// <param name="Ratio">The median over the rounds.</param>
/// <param name="Target">What it should be at least, or at most; null for what is only reported.</param>
internal sealed record Measure(string Name, string Peer, double Ratio, double? Target)
{
    /// <summary>Whether less is better.</summary>
    public bool AtMost { get; init; }

    /// <summary>The unit, where the number is no ratio.</summary>
    public string Unit { get; init; } = "×";

    /// <summary>The lowest and the highest round, where there were several.</summary>
    public (double Low, double High)? Spread { get; init; }

    /// <summary>Null where there is no target.</summary>
    public bool? Met => Target is not { } target ? null : AtMost ? Ratio <= target : Ratio >= target;

    public static Measure OfRounds(string name, string peer, double[] rounds, double? target, bool atMost = false) =>
        new(name, peer, Median.Of(rounds), target) { AtMost = atMost, Spread = (rounds.Min(), rounds.Max()) };
}
