using Drip.Generators.Emit;
using Drip.Generators.Model;
using Drip.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Drip.Generators.Pipelines;

/// <summary>Writes the manifest of the assembly's jobs, and the <c>AddJobs()</c> that registers all jobs it can see.</summary>
[Generator(LanguageNames.CSharp)]
internal sealed class ManifestGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var jobs = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                Names.Backfill,
                static (node, _) => node is TypeDeclarationSyntax,
                static (target, cancellationToken) => target.FirstOfType() is { } type
                    && BackfillParser.Parse(type, target.SemanticModel.Compilation, sink: null, cancellationToken) is { Error: null } job
                        ? new JobSpec(job.Name, job.Type.FullName, job.Row.FullName)
                        : null)
            .WithTrackingName(Steps.Jobs);
        var environment = context.CompilationProvider
            .Select(EnvironmentParser.Parse)
            .WithTrackingName(Steps.Environment);
        var manifest = jobs.Collect()
            .Combine(environment)
            .Select(static (both, _) => ManifestParser.Combine(both.Left, both.Right))
            .WithTrackingName(Steps.Manifest);

        context.RegisterSourceOutput(manifest, static (output, spec) =>
        {
            if (spec is not null) output.AddSource("DripManifest.g.cs", ManifestEmitter.Emit(spec));
        });
    }
}
