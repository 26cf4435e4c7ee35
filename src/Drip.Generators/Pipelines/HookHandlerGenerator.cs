using Drip.Generators.Emit;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Pipelines;

/// <summary>Writes one file for each <c>[HookHandler]</c>.</summary>
[Generator(LanguageNames.CSharp)]
internal sealed class HookHandlerGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var handlers = Project.Of(context)
            .SelectMany(static (project, _) => project.HookHandlers)
            .SelectMany(static (slot, _) => slot)
            .WithTrackingName(Steps.HookHandlers);

        context.RegisterSourceOutput(handlers, static (output, handler) =>
            output.AddSource(handler.Type.HintName + ".Hooks.g.cs", HookHandlerEmitter.Emit(handler)));
    }
}
