using System.Collections.Generic;

namespace Drip.Generators.PlanLocks;

/// <summary>What the code says of a pipeline.</summary>
internal sealed record PresentPipeline(string? Each, IReadOnlyList<PresentPart<LockedStep>> Steps);
