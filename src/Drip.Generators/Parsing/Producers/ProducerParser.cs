using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Drip.Generators.Model;
using Drip.Generators.Model.Producers;
using Drip.Generators.Rules;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Parsing.Producers;

/// <summary>Reads a class with <c>[Producer]</c> and the models and pipelines inside of it.</summary>
internal static class ProducerParser
{
    /// <summary>Reads the producer; null if nothing can be generated for it. What is wrong goes to the sink, if there is one.</summary>
    public static ProducerSpec? Parse(INamedTypeSymbol type, Compilation compilation, IRuleSink? sink, CancellationToken cancellationToken)
    {
        if (type.IsUnnamed() || type.Attribute(Names.Producer) is not { } attribute) return null;
        var report = new RuleReport(sink);
        var place = TypeParser.Parse(type, DripRules.ProducerIsNotPartial, DripRules.ProducerIsGeneric, report);
        var canDerive = ClassForm.CanDerive(type, report, Names.ProducerBase);
        if (!type.IsFileLocal && !type.IsVisibleInAssembly()) report.Report(DripRules.ProducerCannotBeMade, type, type.Name, "private");
        var name = NameOf(type, attribute);
        if (!Naming.IsKebab(name))
        {
            report.Report(DripRules.ProducerSettingIsInvalid, attribute, type, "name", name, type.Name,
                "Use small letters and digits in words joined by minus signs, for example 'crawl-report'");
        }

        var origins = OriginParser.Parse(type, report);
        cancellationToken.ThrowIfCancellationRequested();

        var records = ModelsOf(type);
        var pipelines = new List<PipelineSpec>();
        foreach (var pipeline in PipelinesOf(type))
        {
            if (PipelineParser.Parse(pipeline, records, report, cancellationToken) is { } spec) pipelines.Add(spec);
        }

        CheckNames(type, records, report);
        var (handlers, timers) = EventParser.Parse(type, report);
        if (place is null || !canDerive) return null;
        var models = records.Select(record => ModelParser.Parse(record, compilation, sink: null, cancellationToken)).ToArray();
        return new ProducerSpec
        {
            Type = place,
            Name = name,
            Class = type.ToDisplayString(),
            Description = attribute.Named("Description") as string,
            Origins = origins,
            Storage = StorageOf(compilation),
            Models = records.Select((record, index) => Describe(record, models[index])).ToEquatable(),
            Pipelines = pipelines.ToEquatable(),
            Handlers = handlers,
            Timers = timers,
            Error = report.Error ?? models.Select(ErrorOf).FirstOrDefault(static error => error is not null),
        };
    }

    /// <summary>The producer's name, as the attribute says or as the class is called.</summary>
    public static string NameOf(INamedTypeSymbol type, AttributeData attribute) =>
        attribute.Named("Name") as string ?? Naming.Kebab(type.Name);

    /// <summary>Whether a model belongs to a producer: it is directly inside of one.</summary>
    public static bool HasRecord(INamedTypeSymbol model) => model.ContainingType?.Attribute(Names.Producer) is not null;

    /// <summary>The models of a producer, as they are written.</summary>
    public static IReadOnlyList<INamedTypeSymbol> ModelsOf(INamedTypeSymbol producer) =>
        [.. producer.GetTypeMembers().Where(static nested => !nested.IsUnnamed() && nested.Attribute(Names.Model) is not null).InWrittenOrder()];

    /// <summary>The pipelines of a producer, as they are written.</summary>
    public static IEnumerable<INamedTypeSymbol> PipelinesOf(INamedTypeSymbol producer) =>
        producer.GetTypeMembers().Where(static nested => !nested.IsUnnamed() && nested.Attribute(Names.Pipeline) is not null).InWrittenOrder();

    // A model that generated code cannot add to has said so itself.
    private static string? ErrorOf(ModelSpec? model) => model is { Record: not null } ? model.Error : model?.Error ?? DripRules.ModelIsNotPartial.Id;

    private static ProducerModelSpec Describe(INamedTypeSymbol record, ModelSpec? model)
    {
        var columns = model?.Columns ?? default;
        var isPlain = columns.All(static column => column.Conflict == ConflictPolicy.Reject);
        var policies = isPlain ? default : columns.Select(static column => column.Conflict.ToString()).ToEquatable();
        return new ProducerModelSpec(record.Name, record.NotNullName(), policies, FormerNames.Of(record));
    }

    // A former name is a name, too: what is stored under it can only be one thing's.
    private static void CheckNames(INamedTypeSymbol type, IReadOnlyList<INamedTypeSymbol> records, RuleReport report)
    {
        var pipelines = new NameSet("The pipeline", "Give one of them another name with [Pipeline(Name = \"…\")]", report);
        foreach (var pipeline in PipelinesOf(type)) pipelines.Add(pipeline, PipelineParser.NameOf(pipeline));
        var models = new NameSet("The model", "Give one of them another name", report);
        foreach (var record in records) models.Add(record, record.Name);
        foreach (var pipeline in PipelinesOf(type)) pipelines.AddFormer(pipeline);
        foreach (var record in records) models.AddFormer(record);
    }

    private static string? StorageOf(Compilation compilation) =>
        compilation.GetTypeByMetadataName(Names.SqliteVersions) is { } versions && versions.GetMembers("Storage").Length > 0
            ? versions.NotNullName() + ".Storage"
            : null;
}
