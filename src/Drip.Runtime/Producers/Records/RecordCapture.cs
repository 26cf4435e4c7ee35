using Drip.Producers.Versions;

namespace Drip.Producers.Records;

/// <summary>The records at a version, held until disposed.</summary>
internal sealed class RecordCapture(RecordTables tables, ViewPin pin) : IRecordView
{
    private ViewPin? _pin = pin;

    public long Version { get; } = pin.Version;

    public IEnumerable<object> All(int model)
    {
        var table = tables[model];
        var slots = table.Slots;
        for (var slot = 0; slot < slots; slot++)
        {
            if (table.At(slot, Version) is { } entry) yield return entry.Value;
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _pin, null) is { } held) tables.Release(held);
    }
}
