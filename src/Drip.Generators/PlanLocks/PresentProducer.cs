using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Drip.Generators.Model;
using Drip.Generators.Model.Producers;
using Drip.Generators.Parsing;
using Drip.Generators.Parsing.Producers;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.PlanLocks;

/// <summary>A producer as it is in the code.</summary>
internal sealed class PresentProducer
{
    private PresentProducer(string name, INamedTypeSymbol type) => (Name, Type) = (name, type);

    public string Name { get; }

    public INamedTypeSymbol Type { get; }

    public required IReadOnlyList<PresentPart<IReadOnlyList<PresentPart<LockedField>>>> Models { get; init; }

    public required IReadOnlyList<PresentPart<PresentPipeline>> Pipelines { get; init; }

    /// <summary>What a lock holds of it.</summary>
    public LockedProducer Facts => new(
        Name,
        [.. Models.Select(static model => new LockedModel(model.Name, [.. model.Facts.Select(static column => column.Facts)]))],
        [.. Pipelines.Select(static pipeline => new LockedPipeline(pipeline.Name, pipeline.Facts.Each, [.. pipeline.Facts.Steps.Select(static step => step.Facts)]))]);

    /// <summary>Reads a class with <c>[Producer]</c>; null if it has errors, which other rules report.</summary>
    public static PresentProducer? Read(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellationToken)
    {
        if (ProducerParser.Parse(type, compilation, sink: null, cancellationToken) is not { Error: null } spec) return null;
        var models = new List<PresentPart<IReadOnlyList<PresentPart<LockedField>>>>();
        foreach (var model in ProducerParser.ModelsOf(type))
        {
            if (ModelParser.Parse(model, compilation, sink: null, cancellationToken) is not { Error: null } record) return null;
            models.Add(new(model.Name, model, FieldsOf(model, record, compilation)));
        }

        var pipelines = new List<PresentPart<PresentPipeline>>();
        foreach (var pipeline in ProducerParser.PipelinesOf(type))
        {
            var name = PipelineParser.NameOf(pipeline);
            var known = spec.Pipelines.First(candidate => candidate.Name == name);
            var each = known.Each < 0 ? null : spec.Models[known.Each].Name;
            pipelines.Add(new(name, pipeline, new PresentPipeline(each, StepsOf(pipeline, known, cancellationToken))));
        }

        return new PresentProducer(spec.Name, type) { Models = models, Pipelines = pipelines };
    }

    private static IReadOnlyList<PresentPart<LockedField>> FieldsOf(INamedTypeSymbol model, ModelSpec record, Compilation compilation)
    {
        var members = ModelMembers.Of(model, compilation).Properties;
        var fields = record.Columns.Select((column, ordinal) =>
            new LockedField(column.Name, TypeOf(column), column.IsNullable, record.Key.Contains(ordinal)));
        return [.. fields.Zip(record.Columns, (field, column) =>
            new PresentPart<LockedField>(field.Name, members.First(member => member.Name == column.Member), field))];
    }

    private static string TypeOf(ColumnSpec column) =>
        column.JsonType is { } type ? $"{column.Kind}:{type.Replace("global::", "")}" : column.Kind.ToString();

    private static IReadOnlyList<PresentPart<LockedStep>> StepsOf(INamedTypeSymbol pipeline, PipelineSpec known, CancellationToken cancellationToken)
    {
        var methods = StepParser.StepsOf(pipeline).ToDictionary(StepParser.NameOf);
        return [.. known.Steps.Select(step => new PresentPart<LockedStep>(step.Name, methods[step.Name], new LockedStep(
            step.Name,
            [.. step.After.Select(index => known.Steps[index].Name)],
            BodyHash.Of(methods[step.Name], cancellationToken))))];
    }
}
