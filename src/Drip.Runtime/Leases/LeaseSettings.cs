namespace Drip.Leases;

/// <summary>How long a worker has what it claimed, and how often it says that it is still there.</summary>
public sealed record LeaseSettings
{
    /// <summary>How long a claim lasts; then another worker may take over. Default: 30 seconds.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often it is renewed. Default: 10 seconds.</summary>
    public TimeSpan Renewal { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a worker that has nothing to do waits before it looks again. Default: 1 second.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a worker trusts a lease: a tenth less than it lasts, for the time that a commit takes to arrive.</summary>
    internal TimeSpan Trust => Duration * 0.9;
}
