using System.Collections;
using Drip.Generated;
using Drip.Producers;
using Drip.Producers.Versions;

namespace Drip;

/// <summary>The versions of a run, those of its parents before the branch included: each applied set of changes is one.</summary>
public sealed class ProducerHistory : IReadOnlyList<ProducerVersion>
{
    private readonly VersionSource? _source;

    internal ProducerHistory(VersionSource? source) => _source = source;

    internal static ProducerHistory Empty { get; } = new(null);

    /// <summary>The versions of a run that is over, or that another process has.</summary>
    internal static ProducerHistory Open(VersionStorage storage, string directory, string run, ProducerPlan plan)
    {
        Func<IVersionReader> open = () => storage.Open(directory, run, plan);
        var source = new VersionSource(plan, directory, open);
        source.Reopen(open);
        return new ProducerHistory(source);
    }

    internal VersionSource Source => _source ?? throw new InvalidOperationException("The producer has not run.");

    /// <summary>How many versions there are.</summary>
    public int Count => _source is null ? 0 : checked((int)_source.Ask(versions => versions.Count));

    /// <summary>A version by its number, from 0.</summary>
    public ProducerVersion this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return Source.Ask(versions => new ProducerVersion(Source, versions.Run.Run, versions.List(index, 1).First()));
        }
    }

    /// <summary>What has become different from one version to another, by record and field. The second may be the earlier one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such version.</exception>
    public IReadOnlyList<RecordDelta> Diff(int from, int to)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfNegative(to);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Math.Max(from, to), Count);
        var fold = new DeltaFold(Source.Plan);
        return Source.Ask(versions =>
        {
            foreach (var change in versions.Changes(Math.Min(from, to), Math.Max(from, to))) fold.Add(change);
            return fold.Deltas(isReversed: to < from);
        });
    }

    /// <summary>The versions that set a field of a record, in order: who set it to what.</summary>
    /// <typeparam name="T">The model.</typeparam>
    /// <param name="id">The record.</param>
    /// <param name="member">The member's name, as <c>nameof(T.Member)</c>.</param>
    /// <exception cref="DripException">The producer has no such model, or the model no such member.</exception>
    public IReadOnlyList<FieldBlame> Blame<T>(RecordId id, string member) where T : class, IRecord<T>
    {
        if (_source is null) return [];
        var models = new ProducerModels(Source.Plan);
        var model = models.IndexOf(typeof(T));
        if (model < 0)
        {
            throw new DripException(
                DripErrorKind.Usage, "unknown-model", $"{typeof(T).Name} is not a model of {Source.Plan.Name}.", "Ask for a record of one of its models.");
        }

        return Blame(models.All[model], model, id, member);
    }

    /// <summary>The same for a model and an id that were typed.</summary>
    /// <exception cref="DripException">The producer has no such model, the model no such member, or no record can have this id.</exception>
    internal IReadOnlyList<FieldBlame> Blame(string model, string id, string member)
    {
        var models = new ProducerModels(Source.Plan).All;
        for (var index = 0; index < models.Count; index++)
        {
            if (models[index].Name == model) return Blame(models[index], index, TypedId.Parse(models[index], id), member);
        }

        throw new DripException(
            DripErrorKind.Usage, "unknown-model", $"The producer {Source.Plan.Name} has no model '{model}'.",
            $"Its models are: {string.Join(", ", models.Select(known => known.Name))}.");
    }

    /// <summary>All versions, in order.</summary>
    public IEnumerator<ProducerVersion> GetEnumerator() => From(0).GetEnumerator();

    /// <summary>The versions from a number on, in order.</summary>
    internal IEnumerable<ProducerVersion> From(long first)
    {
        const int page = 1024;
        for (var from = first; _source is not null; from += page)
        {
            var versions = Source.Ask(versions => versions.List(from, page).Select(version => new ProducerVersion(Source, versions.Run.Run, version)).ToList());
            foreach (var version in versions) yield return version;
            if (versions.Count < page) yield break;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private List<FieldBlame> Blame(ModelPlan model, int index, RecordId id, string member)
    {
        var column = -1;
        for (var ordinal = 0; ordinal < model.Schema.Columns.Count; ordinal++)
        {
            if (model.Schema.Columns[ordinal].Member == member) column = ordinal;
        }

        if (column < 0)
        {
            throw new DripException(
                DripErrorKind.Usage, "unknown-member", $"{model.Name} has no member '{member}'.",
                $"Its members are: {string.Join(", ", model.Schema.Columns.Select(other => other.Member))}.");
        }

        return Source.Ask(versions =>
        {
            var blames = new List<FieldBlame>();
            foreach (var version in versions.Touching(index, id))
            {
                foreach (var change in version.Changes)
                {
                    if (change.Kind == RecordChangeKind.Update && !change.Columns.Contains(column)) continue;
                    blames.Add(new FieldBlame(
                        new ProducerVersion(Source, versions.Run.Run, version),
                        change.Before is null ? null : DeltaFold.Values(model, change.Before)[column],
                        change.After is null ? null : DeltaFold.Values(model, change.After)[column]));
                }
            }

            return blames;
        });
    }
}

/// <summary>A version that set a field.</summary>
/// <param name="Version">The version; it names the step.</param>
/// <param name="Old">The value before; null where the record was created.</param>
/// <param name="New">The value after; null where the record was deleted.</param>
public sealed record FieldBlame(ProducerVersion Version, object? Old, object? New);
