using Drip.Generators.Model;
using Drip.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Pipelines;

/// <summary>The step that every pipeline begins with.</summary>
internal static class Project
{
    /// <summary>What the compilation has for Drip; read once for all generators, and again only if a declaration changed.</summary>
    public static IncrementalValueProvider<ProjectSpec> Of(IncrementalGeneratorInitializationContext context) =>
        context.CompilationProvider.Select(ParseCache.Shared.Of).WithTrackingName(Steps.Project);
}
