using System.Collections.Generic;

namespace Drip.Generators.PlanLocks;

/// <summary>A model in the plan lock.</summary>
internal sealed record LockedModel(string Name, IReadOnlyList<LockedField> Fields);
