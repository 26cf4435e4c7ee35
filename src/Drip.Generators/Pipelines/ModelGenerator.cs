using Drip.Generators.Emit;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Pipelines;

/// <summary>Writes one file for each <c>[Model]</c>.</summary>
[Generator(LanguageNames.CSharp)]
internal sealed class ModelGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var models = Project.Of(context)
            .SelectMany(static (project, _) => project.Models)
            .SelectMany(static (slot, _) => slot)
            .WithTrackingName(Steps.Models);

        context.RegisterSourceOutput(models, static (output, model) =>
            output.AddSource(model.Type.HintName + ".Model.g.cs", ModelEmitter.Emit(model)));
    }
}
