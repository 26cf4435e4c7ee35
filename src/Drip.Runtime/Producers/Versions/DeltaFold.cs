using Drip.Generated;
using Drip.Producers.Records;

namespace Drip.Producers.Versions;

/// <summary>Adds up changes of records to what is different after all of them.</summary>
internal sealed class DeltaFold(ProducerPlan plan)
{
    private readonly ProducerModels _models = new(plan);
    private readonly Dictionary<(int Model, RecordId Id), Entry> _entries = [];
    private readonly List<Entry> _order = [];

    /// <summary>The values of a record's columns; the outcome of a step as such.</summary>
    public static object?[] Values(ModelPlan model, object record)
    {
        var values = FieldValues.Of(model, record);
        if (record is StepRecord step) values[4] = step.Outcome;
        return values;
    }

    /// <summary>Takes the next change.</summary>
    public void Add(in RecordChange change)
    {
        var model = _models.All[change.Model];
        if (!_entries.TryGetValue((change.Model, change.Id), out var entry))
        {
            entry = new Entry(model, change.Id, existed: change.Kind != RecordChangeKind.Create);
            _entries.Add((change.Model, change.Id), entry);
            _order.Add(entry);
        }

        var before = change.Before is null ? null : Values(model, change.Before);
        var after = change.After is null ? null : Values(model, change.After);
        for (var column = 0; column < model.Schema.Columns.Count; column++)
        {
            if (change.Kind == RecordChangeKind.Update && !change.Columns.Contains(column)) continue;
            if (entry.Existed && !entry.Touched.Contains(column)) entry.Old[column] = before?[column];
            entry.Touched.Add(column);
            entry.New[column] = after?[column];
        }

        entry.Exists = change.Kind != RecordChangeKind.Delete;
    }

    /// <summary>What is different; seen from the end where it is reversed.</summary>
    public IReadOnlyList<RecordDelta> Deltas(bool isReversed)
    {
        var deltas = new List<RecordDelta>(_order.Count);
        foreach (var entry in _order)
        {
            if (Delta(entry, isReversed) is { } delta) deltas.Add(delta);
        }

        return deltas;
    }

    private static RecordDelta? Delta(Entry entry, bool isReversed)
    {
        if (!entry.Existed && !entry.Exists) return null;
        var (existed, exists) = isReversed ? (entry.Exists, entry.Existed) : (entry.Existed, entry.Exists);
        var kind = !existed ? RecordChangeKind.Create : exists ? RecordChangeKind.Update : RecordChangeKind.Delete;
        var fields = new List<FieldDelta>();
        for (var column = 0; column < entry.Old.Length; column++)
        {
            if (!entry.Touched.Contains(column)) continue;
            if (kind == RecordChangeKind.Update && FieldValues.AreSame(entry.Old[column], entry.New[column])) continue;
            var (old, now) = isReversed ? (entry.New[column], entry.Old[column]) : (entry.Old[column], entry.New[column]);
            fields.Add(new FieldDelta(entry.Model.Schema.Columns[column].Member, old, now));
        }

        return kind == RecordChangeKind.Update && fields.Count == 0 ? null : new RecordDelta(kind, entry.Model.Name, entry.Id, fields);
    }

    private sealed class Entry(ModelPlan model, RecordId id, bool existed)
    {
        public ColumnSet Touched;

        public ModelPlan Model => model;

        public RecordId Id => id;

        public bool Existed => existed;

        public bool Exists { get; set; }

        public object?[] Old { get; } = new object?[model.Schema.Columns.Count];

        public object?[] New { get; } = new object?[model.Schema.Columns.Count];
    }
}
