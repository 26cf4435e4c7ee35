using Drip.Producers.Records;
using Drip.Producers.Versions;
using Version = Drip.Producers.Versions.Version;

namespace Drip;

/// <summary>One version of a run: a set of changes that was applied together, with the record of the step that made them.</summary>
public sealed class ProducerVersion
{
    private readonly Version _version;

    internal ProducerVersion(VersionSource source, string run, Version version) => (Source, Run, _version) = (source, run, version);

    internal VersionSource Source { get; }

    /// <summary>The run that was asked; the version itself may be one of its parents'.</summary>
    public string Run { get; }

    /// <summary>Its number, from 0.</summary>
    public long Number => _version.Number;

    /// <summary>What it is the record of: <c>initial</c>, <c>opened</c>, <c>intent</c> or <c>step</c>.</summary>
    public string Kind => _version.Kind switch
    {
        VersionKind.Initial => "initial",
        VersionKind.Opened => "opened",
        VersionKind.Intent => "intent",
        _ => "step",
    };

    /// <summary>The pipeline's name; empty for the initial data.</summary>
    public string Pipeline => _version.Pipeline;

    /// <summary>The step's name; empty where there is none.</summary>
    public string Step => _version.Step;

    /// <summary>The record of a pipeline that runs for each.</summary>
    public RecordId? Record => _version.Record;

    /// <summary>Which try of the step it was, from 1; 0 where there is no step.</summary>
    public int Attempt => _version.Attempt;

    /// <summary>When.</summary>
    public DateTimeOffset At => _version.At;

    /// <summary>What it changed, the records of steps included.</summary>
    public IReadOnlyList<RecordDelta> Diff => Source.Ask(versions =>
    {
        var fold = new DeltaFold(Source.Plan);
        foreach (var change in versions.Read(Number).Changes) fold.Add(change);
        return fold.Deltas(isReversed: false);
    });

    /// <summary>The records as of this version.</summary>
    public RecordStore Store
    {
        get
        {
            var tables = new RecordTables(Source.Plan, Number, keepsAll: true);
            var records = Source.Load(Number);
            for (var model = 0; model < records.Length; model++) tables.Load(model, records[model]);
            return new RecordView(tables, Number);
        }
    }

    /// <summary>Writes the state as of this version into a file, as <see cref="Producer.SaveAsync"/> does.</summary>
    /// <exception cref="DripException">The file cannot be written.</exception>
    public Task SaveAsync(string file, CancellationToken cancellationToken = default) =>
        SavedState.WriteAsync(file, Source.Plan, new VersionOrigin(Run, Number), At, Source.Load(Number), cancellationToken);
}
