using System;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Drip.Generators.PlanLocks;

/// <summary>The property of a build that asks for the lock to be written; such a build compares nothing.</summary>
internal static class UpdateProperty
{
    public const string Key = "build_property.DripUpdatePlanLock";

    public static bool IsSet(AnalyzerConfigOptions options) =>
        options.TryGetValue(Key, out var value) && string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);
}
