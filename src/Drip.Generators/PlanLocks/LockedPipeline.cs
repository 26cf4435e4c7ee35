using System.Collections.Generic;

namespace Drip.Generators.PlanLocks;

/// <summary>A pipeline in the plan lock.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Each">The model that it runs for each record of; null if it runs once.</param>
/// <param name="Steps">Its steps, each after those that it waits for.</param>
internal sealed record LockedPipeline(string Name, string? Each, IReadOnlyList<LockedStep> Steps);
