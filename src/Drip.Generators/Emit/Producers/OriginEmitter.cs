using System.Linq;
using Drip.Generators.Model.Producers;

namespace Drip.Generators.Emit.Producers;

/// <summary>Prints how a producer is made: for a new run, from a version, from a file.</summary>
internal static class OriginEmitter
{
    private const string Options = "global::Drip.ProducerOptions";
    private const string Version = "global::Drip.ProducerVersion";

    public static void Emit(SourceWriter writer, ProducerSpec producer)
    {
        var name = producer.Type.Declaration.Substring(producer.Type.Declaration.LastIndexOf(' ') + 1);
        if (producer.Origins.AreGenerated)
        {
            writer.Line("/// <summary>A producer for a new run.</summary>");
            writer.Line("/// <param name=\"options\">How it runs; null for the defaults.</param>");
            writer.Generated();
            writer.Line($"public {name}({Options}? options = null) : base(options)\n{{\n}}\n");
            writer.Generated();
            writer.Line($"private {name}({Version} version, {Options}? options) : base(version, options)\n{{\n}}\n");
            writer.Generated();
            writer.Line($"private {name}(string file, {Options}? options) : base(file, options)\n{{\n}}\n");
        }

        if (!producer.Origins.OffersFrom) return;
        From(writer, producer, producer.Origins.Branch, $"{Version} version", "version",
            "A producer for a run that goes on from a version of another; the other's history stays as it is.", "A version of a run of this producer.");
        From(writer, producer, producer.Origins.File, "string file", "file",
            "A producer for a run that goes on from a state in a file.", "What <c>SaveAsync</c> wrote.");
    }

    /// <summary>What the manifest registers.</summary>
    public static void Info(SourceWriter writer, ProducerSpec producer, string member, string plan)
    {
        var origins = producer.Origins;
        if (!origins.AreGenerated && origins.Run is null) return;
        writer.Generated();
        writer.Line($"internal static global::Drip.Generated.ProducerInfo {member} => new({plan}, static (services, options, origin) => origin switch");
        using (writer.Block(end: "});"))
        {
            writer.Line($"null => {Made(producer, origins.Run, "")},");
            if (origins.AreGenerated || origins.Branch is not null) writer.Line($"{Version} version => {Made(producer, origins.Branch, "version, ")},");
            if (origins.AreGenerated || origins.File is not null) writer.Line($"string file => {Made(producer, origins.File, "file, ")},");
            writer.Line($"_ => throw global::Drip.Generated.ProducerInfo.CannotBeginWith({SourceWriter.Literal(producer.Name)}, origin),");
        }

        writer.Line();
    }

    private static void From(SourceWriter writer, ProducerSpec producer, OriginConstructorSpec? own, string parameter, string name, string summary, string about)
    {
        var isCallable = own is not null && own.Arguments.All(static argument => argument.Kind != OriginArgument.Service);
        if (!producer.Origins.AreGenerated && !isCallable) return;
        writer.Line($"/// <summary>{summary}</summary>");
        writer.Line($"/// <param name=\"{name}\">{about}</param>");
        writer.Line("/// <param name=\"options\">How it runs; null for the defaults.</param>");
        writer.Generated();
        var made = producer.Error is { } error ? ProducerEmitter.Refusal(producer, error)
            : own is null ? $"new({name}, options)" : Made(producer, own, "", $"options ?? new {Options}()");
        writer.Line($"public static {producer.Type.FullName} From({parameter}, {Options}? options = null) => {made};\n");
    }

    private static string Made(ProducerSpec producer, OriginConstructorSpec? own, string origin, string options = "options") => own is null
        ? $"new {producer.Type.FullName}({origin}{options})"
        : $"new {producer.Type.FullName}({string.Join(", ", own.Arguments.Select(argument => Value(argument, options, producer.Name)))})";

    private static string Value(OriginArgumentSpec argument, string options, string name) => argument.Kind switch
    {
        OriginArgument.Options => options,
        OriginArgument.Version => "version",
        OriginArgument.File => "file",
        _ => PipelineEmitter.Service(argument.Service!, name),
    };
}
