using Drip.Generators.Emit;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Pipelines;

/// <summary>Writes one file for each <c>[Backfill]</c>.</summary>
[Generator(LanguageNames.CSharp)]
internal sealed class BackfillGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var backfills = Project.Of(context)
            .SelectMany(static (project, _) => project.Backfills)
            .SelectMany(static (slot, _) => slot)
            .WithTrackingName(Steps.Backfills);

        context.RegisterSourceOutput(backfills, static (output, job) =>
            output.AddSource(job.Type.HintName + ".Backfill.g.cs", BackfillEmitter.Emit(job)));
    }
}
