using Drip.Generators.Emit.Producers;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Pipelines;

/// <summary>Writes one file for each <c>[Producer]</c>.</summary>
[Generator(LanguageNames.CSharp)]
internal sealed class ProducerGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var producers = Project.Of(context)
            .SelectMany(static (project, _) => project.Producers)
            .SelectMany(static (slot, _) => slot)
            .WithTrackingName(Steps.Producers);

        context.RegisterSourceOutput(producers, static (output, producer) =>
            output.AddSource(producer.Type.HintName + ".Producer.g.cs", ProducerEmitter.Emit(producer)));
    }
}
