using System.Collections.Generic;

namespace Drip.Generators.PlanLocks;

/// <summary>A producer as the plan lock holds it: what the versions of its runs are written under.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Models">Its models.</param>
/// <param name="Pipelines">Its pipelines.</param>
internal sealed record LockedProducer(string Name, IReadOnlyList<LockedModel> Models, IReadOnlyList<LockedPipeline> Pipelines);
