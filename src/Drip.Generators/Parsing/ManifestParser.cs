using System;
using System.Collections.Generic;
using System.Linq;
using Drip.Generators.Model;

namespace Drip.Generators.Parsing;

/// <summary>Puts the jobs of a compilation and what it references together.</summary>
internal static class ManifestParser
{
    /// <summary>What is printed for the assembly; null if nothing is.</summary>
    public static ManifestSpec? Combine(
        IEnumerable<JobSpec> jobs, IEnumerable<ListedProducerSpec> producers, IEnumerable<HandlerSpec> handlers, EnvironmentSpec environment)
    {
        if (!environment.KnowsDrip) return null;
        var known = jobs
            .OrderBy(static job => job.Name, StringComparer.Ordinal)
            .ThenBy(static job => job.FullName, StringComparer.Ordinal)
            .ToEquatable();
        var listed = producers
            .OrderBy(static producer => producer.Name, StringComparer.Ordinal)
            .ThenBy(static producer => producer.FullName, StringComparer.Ordinal)
            .ToEquatable();
        var hooks = handlers.OrderBy(static handler => handler.FullName, StringComparer.Ordinal).ToEquatable();
        var hasOwn = known.Count > 0 || listed.Count > 0 || hooks.Count > 0;
        // Where another assembly shows its AddJobs() to this one, a second would make every call ambiguous.
        var hasAddJobs = hasOwn
            || (!environment.SeesAddJobs && (environment.IsExecutable || environment.Manifests.Count > 0));
        return hasAddJobs
            ? new ManifestSpec(ClassOf(environment.AssemblyName), known, listed, hooks, hasAddJobs, environment.Manifests)
            : null;
    }

    private static string ClassOf(string assembly)
    {
        var name = new string([.. assembly.Select(static c => IsPlain(c) ? c : '_')]);
        var isPlain = assembly.All(static c => c == '.' || (IsPlain(c) && c != '_'));
        return "DripManifest_" + (isPlain ? name : $"{name}_{HintNames.Hash(assembly)}");
    }

    private static bool IsPlain(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_';
}
