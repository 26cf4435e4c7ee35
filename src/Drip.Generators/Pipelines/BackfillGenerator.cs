using Drip.Generators.Emit;
using Drip.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Drip.Generators.Pipelines;

/// <summary>Writes one file for each <c>[Backfill]</c>.</summary>
[Generator(LanguageNames.CSharp)]
internal sealed class BackfillGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var backfills = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                Names.Backfill,
                static (node, _) => node is TypeDeclarationSyntax,
                static (target, cancellationToken) => target.FirstOfType() is { } type
                    ? BackfillParser.Parse(type, target.SemanticModel.Compilation, sink: null, cancellationToken)
                    : null)
            .WithTrackingName(Steps.Backfills);

        context.RegisterSourceOutput(backfills, static (output, job) =>
        {
            if (job is not null) output.AddSource(job.Type.HintName + ".Backfill.g.cs", BackfillEmitter.Emit(job));
        });
    }
}
