using Drip.Runs;

namespace Drip.Leases;

/// <summary>
/// Whether the worker that claimed something is gone: its lease has run out, or, on this machine, its process has ended.
/// A wrong answer costs time and never a row, because a claim fences the worker before it.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="isKnownDead">Whether the process that this text names is known to have ended.</param>
internal sealed class Liveness(TimeProvider time, Func<string, bool> isKnownDead)
{
    public static Liveness OfProcesses(TimeProvider time) => new(time, static owner => WorkerIdentity.TryParse(owner) is not { IsKnownDead: false });

    public bool IsGone(string? owner, DateTimeOffset? leaseUntil) =>
        owner is null || leaseUntil <= time.GetUtcNow() || isKnownDead(owner);
}
