using Drip.Generated;
using Drip.Producers.Records;

namespace Drip.Producers.Versions;

/// <summary>The versions of a run in memory: the changes as they were appended, over tables that keep every version of every record.</summary>
internal sealed class MemoryVersions(
    string run, string producer, VersionOrigin? parent, IVersionReader? before, RecordTables tables, TimeProvider time) : IVersionLog, IVersionReader
{
    private readonly long _first = parent is null ? 0 : parent.Version + 1;
    private readonly List<Version> _versions = [];
    private readonly DateTimeOffset _begunAt = time.GetUtcNow();
    private DateTimeOffset? _endedAt;
    private StepOutcome? _outcome;

    public IVersionReader Reader => this;

    public VersionRun Run
    {
        get
        {
            lock (tables.Sync) return new VersionRun(run, producer, parent, Count, _begunAt, _endedAt, _outcome);
        }
    }

    public long Count
    {
        get
        {
            lock (tables.Sync) return _first + _versions.Count;
        }
    }

    public void Append(Version version)
    {
        lock (tables.Sync) _versions.Add(version);
    }

    public ValueTask FlushAsync() => ValueTask.CompletedTask;

    public ValueTask EndAsync(StepOutcome outcome)
    {
        lock (tables.Sync) (_endedAt, _outcome) = (time.GetUtcNow(), outcome);
        return ValueTask.CompletedTask;
    }

    public Version Read(long number)
    {
        if (number < _first) return before!.Read(number);
        lock (tables.Sync) return _versions[(int)(number - _first)];
    }

    public IEnumerable<Version> List(long from, long count)
    {
        for (var number = from; number < from + count && number < Count; number++) yield return Read(number) with { Changes = [] };
    }

    public IEnumerable<RecordChange> Changes(long from, long to)
    {
        for (var number = from + 1; number <= to; number++)
        {
            foreach (var change in Read(number).Changes) yield return change;
        }
    }

    public IReadOnlyList<object>[] Load(long number)
    {
        if (number < _first) return before!.Load(number);
        var records = new IReadOnlyList<object>[tables.Count];
        for (var model = 0; model < records.Length; model++) records[model] = [.. At(tables[model], number)];
        return records;
    }

    public IEnumerable<Version> Touching(int model, RecordId id)
    {
        if (before is not null)
        {
            foreach (var version in before.Touching(model, id))
            {
                if (version.Number < _first) yield return version;
            }
        }

        foreach (var number in WrittenIn(tables[model], id))
        {
            var version = Read(number);
            yield return version with { Changes = Array.FindAll(version.Changes, change => change.Model == model && change.Id == id) };
        }
    }

    public void Dispose()
    {
        // There is nothing to let go of but memory.
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static IEnumerable<object> At(RecordTable table, long number)
    {
        var slots = table.Slots;
        for (var slot = 0; slot < slots; slot++)
        {
            if (table.At(slot, number) is { } entry) yield return entry.Value;
        }
    }

    private Stack<long> WrittenIn(RecordTable table, RecordId id)
    {
        lock (tables.Sync) table.Index();
        var numbers = new Stack<long>();
        var slot = table.Find(id);
        for (var entry = slot < 0 ? null : table.Newest(slot); entry is not null && entry.Version >= _first; entry = entry.Older) numbers.Push(entry.Version);
        return numbers;
    }
}
