using Drip.Generators.Emit.Producers;
using Drip.Generators.Model;

namespace Drip.Generators.Emit;

/// <summary>Prints the manifest of an assembly, and the <c>AddJobs()</c> that a host calls.</summary>
internal static class ManifestEmitter
{
    private const string Registry = "global::Drip.Generated.IJobRegistry";

    public static string Emit(ManifestSpec manifest)
    {
        var writer = new SourceWriter();
        var own = $"global::Drip.Generated.{manifest.ClassName}";
        var hasOwn = manifest.Jobs.Count > 0 || manifest.Producers.Count > 0 || manifest.Handlers.Count > 0;
        if (hasOwn)
        {
            writer.Line($"[assembly: global::Drip.Generated.DripManifest(typeof({own}))]\n");
            using (writer.Block("namespace Drip.Generated")) Manifest(writer, manifest);
            writer.Line();
        }

        if (manifest.HasAddJobs)
        {
            using (writer.Block("namespace Drip")) AddJobs(writer, manifest, hasOwn ? own : null);
        }

        return writer.ToString();
    }

    private static void Manifest(SourceWriter writer, ManifestSpec manifest)
    {
        writer.Line("/// <summary>Registers the jobs of this assembly. Called by the <c>AddJobs()</c> of the host.</summary>");
        writer.Line("[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]");
        writer.Generated();
        using (writer.Block($"public static class {manifest.ClassName}"))
        {
            writer.Line("/// <summary>Adds each job, in the order of their names.</summary>");
            using (writer.Block($"public static void Register({Registry} registry)"))
            {
                foreach (var job in manifest.Jobs) writer.Line($"registry.AddBackfill<{job.FullName}, {job.RowName}>(); // {job.Name}");
                foreach (var producer in manifest.Producers) writer.Line($"registry.AddProducer({producer.FullName}.{ProducerEmitter.Member}); // {producer.Name}");
                foreach (var handler in manifest.Handlers)
                {
                    writer.Line($"registry.AddHookHandler({handler.FullName}.{HookHandlerEmitter.Member}, {SourceWriter.Literal(handler.Class)});");
                }
            }
        }
    }

    private static void AddJobs(SourceWriter writer, ManifestSpec manifest, string? own)
    {
        writer.Line("/// <summary>The jobs that this assembly and those it references define.</summary>");
        writer.Generated();
        using (writer.Block("internal static class DripJobs"))
        {
            writer.Line("/// <summary>Adds every job of this assembly and of those it references.</summary>");
            using (writer.Block($"internal static T AddJobs<T>(this T registry) where T : {Registry}"))
            {
                if (own is not null) writer.Line($"{own}.Register(registry);");
                foreach (var other in manifest.Manifests) writer.Line($"{other}.Register(registry);");
                writer.Line("return registry;");
            }
        }
    }
}
