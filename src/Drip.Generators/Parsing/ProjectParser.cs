using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Drip.Generators.Model;
using Drip.Generators.Model.Producers;
using Drip.Generators.Parsing.Producers;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Parsing;

/// <summary>Reads all that a compilation has for Drip.</summary>
internal static class ProjectParser
{
    // More slots than most projects have types, so that few share one.
    private const int Slots = 1024;

    public static ProjectSpec Parse(Compilation compilation, CancellationToken cancellationToken)
    {
        var models = new Dictionary<string, ModelSpec>(StringComparer.Ordinal);
        var jobs = new Dictionary<string, BackfillSpec>(StringComparer.Ordinal);
        var producers = new Dictionary<string, ProducerSpec>(StringComparer.Ordinal);
        var handlers = new Dictionary<string, HookHandlerSpec>(StringComparer.Ordinal);
        foreach (var type in Candidates.Of(compilation, cancellationToken))
        {
            if (type.Attribute(Names.Model) is not null
                && ModelParser.Parse(type, compilation, sink: null, cancellationToken) is { } model) Add(models, model.Type, model);
            if (BackfillParser.Parse(type, compilation, sink: null, cancellationToken) is { } job) Add(jobs, job.Type, job);
            if (ProducerParser.Parse(type, compilation, sink: null, cancellationToken) is { } producer) Add(producers, producer.Type, producer);
            if (HookHandlerParser.Parse(type, compilation, sink: null, cancellationToken) is { } handler) Add(handlers, handler.Type, handler);
        }

        var runnable = jobs.Values
            .Where(static job => job.Error is null)
            .Select(static job => new JobSpec(job.Name, job.Type.FullName, job.Row.FullName));
        var listed = producers.Values
            .Where(static producer => producer is { Error: null, Origins: { AreGenerated: true } or { Run: not null } })
            .Select(static producer => new ListedProducerSpec(producer.Name, producer.Type.FullName));
        var hooked = handlers.Values.Select(static handler => new HandlerSpec(handler.Type.FullName, handler.Class));
        return new ProjectSpec(
            Spread(models),
            Spread(jobs),
            Spread(producers),
            Spread(handlers),
            ManifestParser.Combine(runnable, listed, hooked, EnvironmentParser.Parse(compilation, cancellationToken)));
    }

    // A class and a struct of one name are an error of the author's; two outputs of one name would lose all output.
    private static void Add<T>(Dictionary<string, T> specs, TypeSpec type, T spec)
    {
        if (!specs.ContainsKey(type.HintName)) specs.Add(type.HintName, spec);
    }

    private static EquatableArray<EquatableArray<T>> Spread<T>(Dictionary<string, T> specs) where T : IEquatable<T>
    {
        var slots = specs.ToLookup(static spec => (int)(HintNames.Code(spec.Key) % Slots));
        return Enumerable.Range(0, Slots)
            .Select(slot => slots[slot].OrderBy(static spec => spec.Key, StringComparer.Ordinal).Select(static spec => spec.Value).ToEquatable())
            .ToEquatable();
    }
}
