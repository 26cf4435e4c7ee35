using System.Collections.Generic;
using System.Linq;
using Drip.Generators.Model.Producers;

namespace Drip.Generators.Emit.Producers;

/// <summary>Prints the generated part of a producer and of its pipelines: how it is made, its plan, and the calls of the author's methods.</summary>
internal static class ProducerEmitter
{
    /// <summary>The member that gives the manifest what it registers.</summary>
    public const string Member = "__dripProducer";

    private const string Code = "__DripCode";
    private const string Plan = "s_plan";
    private const string ValueTask = "global::System.Threading.Tasks.ValueTask";
    private const string Services = "global::System.IServiceProvider services";
    private const string Cancellation = "global::System.Threading.CancellationToken cancellationToken";

    public static string Emit(ProducerSpec producer)
    {
        var writer = new SourceWriter();
        using (writer.Around(producer.Type))
        {
            if (producer.Error is null) PlanText.Remarks(writer, $"The producer {producer.Name}:", producer.Pipelines, producer.Models);
            using (writer.Block($"{producer.Type.Declaration} : global::Drip.Producer"))
            {
                OriginEmitter.Emit(writer, producer);
                Members(writer, producer);
                foreach (var pipeline in producer.Pipelines) PipelineEmitter.Emit(writer, pipeline, producer);
                if (producer.Error is null) CodeClass(writer, producer);
            }
        }

        return writer.ToString();
    }

    /// <summary>The body of a member of a producer that cannot run.</summary>
    public static string Refusal(ProducerSpec producer, string error) =>
        $"throw new global::System.InvalidOperationException({SourceWriter.Literal($"The producer {producer.Type.Name} has errors; see {error}.")})";

    private static void Members(SourceWriter writer, ProducerSpec producer)
    {
        var code = producer.Error is { } error
            ? Refusal(producer, error)
            : $"new {Code}({(NeedsProducer(producer) ? "this" : "")})";
        writer.Line("/// <inheritdoc/>");
        writer.Generated();
        writer.Line($"protected override global::Drip.Generated.ProducerCode __dripCode => {code};\n");
        if (producer.Storage is { } storage)
        {
            writer.Line("/// <inheritdoc/>");
            writer.Generated();
            writer.Line($"protected override global::Drip.Producers.Versions.VersionStorage? __dripStorage => {storage};\n");
        }

        if (producer.Error is null) OriginEmitter.Info(writer, producer, Member, $"{Code}.{Plan}");
    }

    private static void CodeClass(SourceWriter writer, ProducerSpec producer)
    {
        var pipelines = producer.Pipelines;
        writer.Generated();
        var parameter = NeedsProducer(producer) ? $"({producer.Type.FullName} producer)" : "";
        using (writer.Block($"private sealed class {Code}{parameter} : global::Drip.Generated.ProducerCode"))
        {
            PlanEmitter.Emit(writer, producer, Plan);
            writer.Line($"public override global::Drip.Generated.ProducerPlan Plan => {Plan};\n");
            Switch(writer, $"public override global::Drip.Pipeline Create(int pipeline, {Services})", "pipeline",
                pipelines.Select(static pipeline => $"{pipeline.FullName}.__dripCreate(services)"));
            Switch(writer, $"public override {ValueTask} RunAsync(global::Drip.Pipeline target, int pipeline, int step, {Services}, {Cancellation})", "pipeline",
                pipelines.Select(static pipeline => $"(({pipeline.FullName})target).__dripRun(step, services, cancellationToken)"));
            if (pipelines.Any(static pipeline => pipeline.Gate is not null))
            {
                Switch(writer, "public override bool Open(global::Drip.Pipeline target, int pipeline)", "pipeline",
                    pipelines.Select(static pipeline => pipeline.Gate is null ? null : $"(({pipeline.FullName})target).__dripOpen()"), "true");
            }

            Handlers(writer, producer);
            Timers(writer, producer);
        }
    }

    private static void Switch(SourceWriter writer, string header, string subject, IEnumerable<string?> values, string? otherwise = null)
    {
        using (writer.Block(header + $" => {subject} switch", "};"))
        {
            var index = 0;
            foreach (var value in values)
            {
                if (value is not null) writer.Line($"{index} => {value},");
                index++;
            }

            writer.Line($"_ => {otherwise ?? $"throw new global::System.ArgumentOutOfRangeException(nameof({subject}))"},");
        }

        writer.Line();
    }

    private static void Handlers(SourceWriter writer, ProducerSpec producer)
    {
        if (producer.Handlers.Count == 0) return;
        using (writer.Block($"public override {ValueTask} HandleAsync(int handler, object? payload)"))
        using (writer.Block("switch (handler)"))
        {
            for (var index = 0; index < producer.Handlers.Count; index++)
            {
                var handler = producer.Handlers[index];
                writer.Line($"case {index}:");
                var payload = handler.ParameterName is { } type ? $"({type})payload!" : "";
                using (writer.Indent()) PipelineEmitter.Call(writer, handler.Result, $"{Target(producer, handler.IsStatic)}.{handler.Identifier}({payload})");
            }

            OutOfRange(writer, "handler");
        }

        writer.Line();
    }

    private static void Timers(SourceWriter writer, ProducerSpec producer)
    {
        if (producer.Timers.Count == 0) return;
        using (writer.Block($"public override {ValueTask} TickAsync(int timer, global::Drip.ProducerStats stats)"))
        using (writer.Block("switch (timer)"))
        {
            for (var index = 0; index < producer.Timers.Count; index++)
            {
                var timer = producer.Timers[index];
                writer.Line($"case {index}:");
                using (writer.Indent()) PipelineEmitter.Call(writer, timer.Result, $"{Target(producer, timer.IsStatic)}.{timer.Identifier}({(timer.TakesStats ? "stats" : "")})");
            }

            OutOfRange(writer, "timer");
        }
    }

    private static void OutOfRange(SourceWriter writer, string parameter)
    {
        writer.Line("default:");
        using (writer.Indent()) writer.Line($"throw new global::System.ArgumentOutOfRangeException(nameof({parameter}));");
    }

    // Only its own methods do; pipelines have objects of their own.
    private static bool NeedsProducer(ProducerSpec producer) =>
        producer.Handlers.Any(static handler => !handler.IsStatic) || producer.Timers.Any(static timer => !timer.IsStatic);

    private static string Target(ProducerSpec producer, bool isStatic) => isStatic ? producer.Type.FullName : "producer";
}
