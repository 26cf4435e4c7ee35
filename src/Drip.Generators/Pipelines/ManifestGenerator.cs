using Drip.Generators.Emit;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Pipelines;

/// <summary>Writes the manifest of the assembly's jobs, and the <c>AddJobs()</c> that registers all jobs it can see.</summary>
[Generator(LanguageNames.CSharp)]
internal sealed class ManifestGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var manifest = Project.Of(context)
            .Select(static (project, _) => project.Manifest)
            .WithTrackingName(Steps.Manifest);

        context.RegisterSourceOutput(manifest, static (output, spec) =>
        {
            if (spec is not null) output.AddSource("DripManifest.g.cs", ManifestEmitter.Emit(spec));
        });
    }
}
