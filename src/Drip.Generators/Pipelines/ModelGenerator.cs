using Drip.Generators.Emit;
using Drip.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Drip.Generators.Pipelines;

/// <summary>Writes one file for each <c>[Model]</c>.</summary>
[Generator(LanguageNames.CSharp)]
internal sealed class ModelGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var models = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                Names.Model,
                static (node, _) => node is TypeDeclarationSyntax,
                static (target, cancellationToken) => target.FirstOfType() is { } type
                    ? ModelParser.Parse(type, target.SemanticModel.Compilation, sink: null, cancellationToken)
                    : null)
            .WithTrackingName(Steps.Models);

        context.RegisterSourceOutput(models, static (output, model) =>
        {
            if (model is not null) output.AddSource(model.Type.HintName + ".Model.g.cs", ModelEmitter.Emit(model));
        });
    }
}
