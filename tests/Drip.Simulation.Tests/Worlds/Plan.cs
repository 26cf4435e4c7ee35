using Drip.Simulation.Faults;
using Drip.Simulation.Model;

namespace Drip.Simulation.Worlds;

/// <summary>What a seed makes of the world: everything that is drawn before it begins.</summary>
internal sealed record Plan
{
    public required Locking Locking { get; init; }

    public required FaultRates Rates { get; init; }

    /// <summary>How many workers wait for runs.</summary>
    public required int Workers { get; init; }

    /// <summary>How many runs, or partitions, each of them works on at the same time.</summary>
    public required int Concurrency { get; init; }

    /// <summary>Whether workers are processes of one machine, and see at once when another dies.</summary>
    public required bool OneMachine { get; init; }

    /// <summary>How long things go wrong.</summary>
    public required TimeSpan Chaos { get; init; }

    /// <summary>Whether clocks that have jumped stay wrong when everything else is well again.</summary>
    public required bool ClocksStayWrong { get; init; }

    /// <summary>How long batches may go on before the store is told of them.</summary>
    public required TimeSpan TellEvery { get; init; }

    /// <summary>The keys in scope.</summary>
    public required IReadOnlyList<long> Keys { get; init; }

    /// <summary>Which share of the rows is bad.</summary>
    public required double Badness { get; init; }

    public static Plan Draw(Random random) => new()
    {
        Locking = (Locking)random.Next(3),
        Rates = FaultRates.Draw(random),
        Workers = random.Next(1, 5),
        Concurrency = random.Next(4) == 0 ? 2 : 1,
        OneMachine = random.Next(2) == 0,
        Chaos = TimeSpan.FromSeconds(random.Next(20, 300)),
        ClocksStayWrong = random.Next(3) == 0,
        TellEvery = TimeSpan.FromMilliseconds(random.Next(3) == 0 ? 0 : 250),
        Keys = DrawKeys(random),
        Badness = random.Next(3) == 0 ? random.NextDouble() * 0.3 : 0,
    };

    private static long[] DrawKeys(Random random)
    {
        var keys = new long[random.Next(8) == 0 ? random.Next(3) : random.Next(100)];
        var key = -20L;
        for (var i = 0; i < keys.Length; i++) keys[i] = key += random.Next(1, 4);
        return keys;
    }
}
