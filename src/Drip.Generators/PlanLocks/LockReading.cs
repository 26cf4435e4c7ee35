using System.Collections.Generic;
using Microsoft.CodeAnalysis.Text;

namespace Drip.Generators.PlanLocks;

/// <summary>What a file that is called a plan lock holds.</summary>
/// <param name="Producers">The producers; none where it cannot be read.</param>
/// <param name="Places">The lines with which they begin, by their names.</param>
/// <param name="Problem">Why it cannot be read; null if it can.</param>
internal sealed record LockReading(IReadOnlyList<LockedProducer> Producers, IReadOnlyDictionary<string, TextSpan> Places, LockProblem? Problem)
{
    /// <summary>A file that cannot be read.</summary>
    public LockReading(LockProblem problem) : this([], new Dictionary<string, TextSpan>(), problem)
    {
    }
}
