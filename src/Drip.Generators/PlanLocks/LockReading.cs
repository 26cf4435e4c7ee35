using System.Collections.Generic;
using Microsoft.CodeAnalysis.Text;

namespace Drip.Generators.PlanLocks;

/// <summary>What a file that is called a plan lock holds.</summary>
/// <param name="Producers">The producers; none where it cannot be read.</param>
/// <param name="Problem">Why it cannot be read; null if it can.</param>
internal sealed record LockReading(IReadOnlyList<LockedProducer> Producers, LockProblem? Problem);

/// <summary>Why a plan lock cannot be read.</summary>
/// <param name="Text">What is wrong.</param>
/// <param name="Remedy">What to do about it.</param>
/// <param name="Place">The line.</param>
internal sealed record LockProblem(string Text, string Remedy, TextSpan Place);
