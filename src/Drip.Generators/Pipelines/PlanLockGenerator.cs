using System.Text;
using Drip.Generators.PlanLocks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Drip.Generators.Pipelines;

/// <summary>Writes the text of the plan lock, where a build asks for it. The build copies it beside the project file.</summary>
[Generator(LanguageNames.CSharp)]
internal sealed class PlanLockGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var isAsked = context.AnalyzerConfigOptionsProvider.Select(static (options, _) => UpdateProperty.IsSet(options.GlobalOptions));
        var texts = context.CompilationProvider.Combine(isAsked)
            .SelectMany(static (input, cancellationToken) => input.Right
                ? new[] { LockWriter.Write(PlanLockParser.Parse(input.Left, cancellationToken)) }
                : [])
            .WithTrackingName(Steps.PlanLock);

        // The lock is copied as it is, so it begins without a mark of its encoding.
        context.RegisterSourceOutput(texts, static (output, text) =>
            output.AddSource("DripPlanLock.g.cs", SourceText.From(text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false))));
    }
}
