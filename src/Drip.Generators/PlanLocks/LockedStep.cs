using System.Collections.Generic;

namespace Drip.Generators.PlanLocks;

/// <summary>A step in the plan lock.</summary>
/// <param name="Name">Its name.</param>
/// <param name="After">The steps that it waits for.</param>
/// <param name="Body">The hash of its body.</param>
internal sealed record LockedStep(string Name, IReadOnlyList<string> After, string Body);
