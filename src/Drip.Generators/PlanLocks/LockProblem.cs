using Microsoft.CodeAnalysis.Text;

namespace Drip.Generators.PlanLocks;

/// <summary>Why a plan lock cannot be read.</summary>
/// <param name="Text">What is wrong.</param>
/// <param name="Remedy">What to do about it.</param>
/// <param name="Place">The line.</param>
internal sealed record LockProblem(string Text, string Remedy, TextSpan Place);
