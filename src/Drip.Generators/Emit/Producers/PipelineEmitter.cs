using System.Linq;
using Drip.Generators.Model;
using Drip.Generators.Model.Producers;

namespace Drip.Generators.Emit.Producers;

/// <summary>Prints the generated part of a pipeline: its base class, how it is made, and the calls of its steps.</summary>
internal static class PipelineEmitter
{
    private const string ValueTask = "global::System.Threading.Tasks.ValueTask";

    public static void Emit(SourceWriter writer, PipelineSpec pipeline, ProducerSpec producer)
    {
        var isValid = producer.Error is null;
        if (isValid) PlanText.Remarks(writer, $"A pipeline of the producer {producer.Name}.", [pipeline], producer.Models);
        var parent = pipeline.EachName is { } record ? $"global::Drip.Pipeline<{record}>" : "global::Drip.Pipeline";
        using (writer.Block($"{pipeline.Declaration} : {parent}"))
        {
            if (isValid) Members(writer, pipeline, producer.Name);
        }

        writer.Line();
    }

    /// <summary>The value of a parameter that is a service.</summary>
    public static string Service(ArgumentSpec argument, string name) => argument.IsOptional
        ? $"({argument.TypeName}?)services.GetService(typeof({argument.TypeName}))"
        : $"global::Drip.Generated.ServiceLookup.RequireForProducer<{argument.TypeName}>(services, {SourceWriter.Literal(name)})";

    // Here and not in the producer, so that everything of the author's may be private.
    private static void Members(SourceWriter writer, PipelineSpec pipeline, string name)
    {
        var arguments = string.Join(", ", pipeline.Constructor.Select(argument => Service(argument, name)));
        writer.Generated();
        writer.Line($"internal static {pipeline.FullName} __dripCreate(global::System.IServiceProvider services) => new({arguments});\n");
        writer.Generated();
        writer.Line($"internal {ValueTask} __dripRun(int step, global::System.IServiceProvider services, global::System.Threading.CancellationToken cancellationToken)");
        using (writer.Block())
        using (writer.Block("switch (step)"))
        {
            for (var index = 0; index < pipeline.Steps.Count; index++)
            {
                var step = pipeline.Steps[index];
                writer.Line($"case {index}: // {step.Name}");
                using (writer.Indent()) CallEmitter.Emit(writer, step.Result, $"{step.Identifier}({string.Join(", ", step.Arguments.Select(argument => Value(argument, name)))})");
            }

            writer.Line("default:");
            using (writer.Indent()) writer.Line("throw new global::System.ArgumentOutOfRangeException(nameof(step));");
        }

        if (pipeline.Gate is null) return;
        writer.Line();
        writer.Generated();
        writer.Line("internal bool __dripOpen() => Open();");
    }

    private static string Value(ArgumentSpec argument, string name) =>
        argument.Kind == ArgumentKind.Cancellation ? "cancellationToken" : Service(argument, name);
}
