using System.Linq;
using Drip.Generators.Model;

namespace Drip.Generators.Emit;

/// <summary>Prints the generated part of a backfill: what is known of the job, how it is made and how a batch reaches it.</summary>
internal static class BackfillEmitter
{
    public static string Emit(BackfillSpec job)
    {
        var writer = new SourceWriter();
        var contract = $"global::Drip.Generated.IBackfill<{job.Type.FullName}, {job.Row.FullName}>";
        using (writer.Around(job.Type))
        {
            if (job.Error is null) Remarks(writer, job);
            using (writer.Block($"{job.Type.Declaration} : {contract}"))
            {
                if (job.Error is { } error) Stub(writer, job, contract, error);
                else Members(writer, job, contract, job.Process!);
            }
        }

        return writer.ToString();
    }

    // What a reader of the class wants to know: which query runs, how often, and in what portions.
    private static void Remarks(SourceWriter writer, BackfillSpec job)
    {
        var key = string.Join(", ", job.Row.Key);
        var after = job.Row.Key.Count == 1 ? $"{key} > @cursor" : $"({key}) > (@{string.Join(", @", job.Row.Key)})";
        var isElementWise = job.Process!.IsElementWise;
        writer.Line("/// <remarks>");
        writer.Line($"/// The job <c>{SourceWriter.Xml(job.Name)}</c>, in batches of {job.BatchSize} rows, "
            + (isElementWise ? "row by row. Each page:" : "batch by batch. Each page:"));
        writer.Line("/// <code>");
        writer.Line($"/// SELECT {SourceWriter.Xml(isElementWise ? string.Join(", ", job.Row.Columns) : key)}");
        writer.Line($"/// FROM {SourceWriter.Xml(job.Row.Table)}");
        writer.Line($"/// WHERE {SourceWriter.Xml($"<Scope()> AND {after}")}");
        writer.Line($"/// ORDER BY {SourceWriter.Xml(key)} LIMIT {job.BatchSize}");
        writer.Line("/// </code>");
        writer.Line("/// </remarks>");
    }

    private static void Members(SourceWriter writer, BackfillSpec job, string contract, ProcessSpec process)
    {
        OptionEmitter.Patterns(writer, job.Options);
        Info(writer, job, process);
        writer.Line($"static global::Drip.BackfillInfo {contract}.Info => __dripInfo;\n");
        using (writer.Block($"static {job.Type.FullName} {contract}.Create(global::System.IServiceProvider services, global::Drip.OptionValues options)"))
        {
            OptionEmitter.Create(writer, job, string.Join(", ", job.Constructor.Select(argument => Service(job, argument, "services"))));
        }

        writer.Line();
        writer.Line($"global::Drip.Scope<{job.Row.FullName}> {contract}.GetScope() => Scope();\n");
        ProcessEmitter.Emit(writer, job, contract, process);
        if (job.Hooks.Count > 0) HookEmitter.EmitStatic(writer, contract, job.Hooks, job.Class, argument => Service(job, argument, "services"));
    }

    private static void Info(SourceWriter writer, BackfillSpec job, ProcessSpec process)
    {
        writer.Generated();
        writer.Line("private static readonly global::Drip.BackfillInfo __dripInfo = new("
            + $"{SourceWriter.Literal(job.Name)}, {SourceWriter.Literal(job.Class)})");
        using (writer.Block(end: "};"))
        {
            if (job.Description is not null) writer.Line($"Description = {SourceWriter.Literal(job.Description)},");
            writer.Line($"BatchSize = {job.BatchSize},");
            if (job.SleepMilliseconds > 0) writer.Line($"Sleep = global::System.TimeSpan.FromMilliseconds({job.SleepMilliseconds}d),");
            if (job.RatePerSecond > 0) writer.Line($"RatePerSecond = {job.RatePerSecond.ToString("R", System.Globalization.CultureInfo.InvariantCulture)}d,");
            if (job.Partitions > 1) writer.Line($"Partitions = {job.Partitions},");
            if (job.MaxFailures > 0) writer.Line($"MaxFailures = {job.MaxFailures},");
            if (job.FailureRate > 0) writer.Line($"FailureRate = {job.FailureRate.ToString("R", System.Globalization.CultureInfo.InvariantCulture)}d,");
            if (job.Database is not null) writer.Line($"Database = {SourceWriter.Literal(job.Database)},");
            writer.Line($"IsElementWise = {SourceWriter.Literal(process.IsElementWise)},");
            OptionEmitter.Infos(writer, job.Options);
        }

        writer.Line();
    }

    /// <summary>Finds a service in the host's.</summary>
    public static string Service(BackfillSpec job, ArgumentSpec argument, string services) => argument.IsOptional
        ? $"({argument.TypeName}?){services}.GetService(typeof({argument.TypeName}))"
        : $"global::Drip.Generated.ServiceLookup.Require<{argument.TypeName}>({services}, {SourceWriter.Literal(job.Name)})";

    // The same members as a job that can run has, so that only Drip's own error is shown.
    private static void Stub(SourceWriter writer, BackfillSpec job, string contract, string error)
    {
        var message = SourceWriter.Literal($"The backfill {job.Type.Name} has errors; see {error}.");
        foreach (var member in new[]
        {
            $"static global::Drip.BackfillInfo {contract}.Info",
            $"static {job.Type.FullName} {contract}.Create(global::System.IServiceProvider services, global::Drip.OptionValues options)",
            $"global::Drip.Scope<{job.Row.FullName}> {contract}.GetScope()",
            $"global::System.Threading.Tasks.ValueTask<int> {contract}.ProcessAsync("
                + $"global::Drip.Generated.BatchWork<{job.Row.FullName}> work, global::System.Threading.CancellationToken cancellationToken)",
        })
        {
            writer.Line($"{member} => throw new global::System.InvalidOperationException({message});\n");
        }
    }
}
