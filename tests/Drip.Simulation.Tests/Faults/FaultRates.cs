namespace Drip.Simulation.Faults;

/// <summary>How often what goes wrong, per request or per minute of virtual time; each seed has its own.</summary>
internal sealed record FaultRates
{
    /// <summary>Requests that fail before they have done anything.</summary>
    public double Refused { get; init; }

    /// <summary>Requests that do what they should, and fail for the one who asked.</summary>
    public double LostReplies { get; init; }

    /// <summary>Requests, or replies, that take seconds to a minute.</summary>
    public double Slow { get; init; }

    public double KillsPerMinute { get; init; }

    public double StopsPerMinute { get; init; }

    public double OutagesPerMinute { get; init; }

    public double ClockJumpsPerMinute { get; init; }

    public double DrainsPerMinute { get; init; }

    /// <summary>What people do to runs.</summary>
    public double PeoplePerMinute { get; init; }

    public static FaultRates None { get; } = new();

    public static FaultRates Draw(Random random) => random.Next(6) switch
    {
        0 => new FaultRates { PeoplePerMinute = 2 },
        1 => new FaultRates { KillsPerMinute = 6, StopsPerMinute = 4, PeoplePerMinute = 1 },
        2 => new FaultRates { Refused = 0.05, LostReplies = 0.05, Slow = 0.02, OutagesPerMinute = 1, PeoplePerMinute = 2 },
        3 => new FaultRates { PeoplePerMinute = 20, DrainsPerMinute = 3, Slow = 0.02, StopsPerMinute = 2 },
        4 => new FaultRates { StopsPerMinute = 10, ClockJumpsPerMinute = 3, Slow = 0.03, KillsPerMinute = 1, PeoplePerMinute = 3 },
        _ => new FaultRates
        {
            Refused = random.NextDouble() * 0.1, LostReplies = random.NextDouble() * 0.1, Slow = random.NextDouble() * 0.05,
            KillsPerMinute = random.NextDouble() * 10, StopsPerMinute = random.NextDouble() * 8, OutagesPerMinute = random.NextDouble() * 2,
            ClockJumpsPerMinute = random.NextDouble() * 2, DrainsPerMinute = random.NextDouble() * 2, PeoplePerMinute = random.NextDouble() * 15,
        },
    };
}
