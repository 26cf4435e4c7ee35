using System.Buffers;
using System.Text;
using System.Text.Json;
using Drip.Data;
using Drip.Runs;

namespace Drip.Batches;

/// <summary>
/// Batches that committed and that the store has not been told of yet. Telling it of each batch in the batch's own
/// transaction would write a few more pages to the log every time, which costs a set-based backfill a tenth of its rate; so
/// several are told together. Until then they stand as text in the run's cursor, which is written with every batch
/// anyway, and whoever takes the run up finds them there: no batch is missing from the history, whatever dies.
/// </summary>
internal sealed class BatchJournal
{
    private const int MaxBatches = 32;
    private const int MaxText = 3000;

    private readonly TimeProvider _time;
    private readonly TimeSpan _maxAge;
    private readonly List<BatchRecord> _batches = [];
    private readonly StringBuilder _text = new();
    private readonly ArrayBufferWriter<byte> _json = new(128);
    private (int Batches, int Text) _kept;
    private long? _toldAt;

    /// <summary>The journal that a cursor holds.</summary>
    /// <param name="cursor">The cursor; its <see cref="Cursor.Untold"/> is what <see cref="Text"/> was when it moved last.</param>
    /// <param name="time">The clock.</param>
    /// <param name="maxAge">How long the store may go without news.</param>
    public BatchJournal(Cursor cursor, TimeProvider time, TimeSpan maxAge)
    {
        (_time, _maxAge) = (time, maxAge);
        if (cursor.Untold is null) return;
        using var json = JsonDocument.Parse(cursor.Untold);
        foreach (var batch in json.RootElement.EnumerateArray()) Add(Read(cursor, batch));
        Keep();
    }

    /// <summary>The batches, oldest first.</summary>
    public IReadOnlyList<BatchRecord> Batches => _batches;

    /// <summary>The batches as text for the cursor; null if there is none.</summary>
    public string? Text => _batches.Count == 0 ? null : $"[{_text}]";

    /// <summary>Whether the store should be told now: people who watch wait no longer than a moment, and the cursor stays small.</summary>
    public bool IsDue => _batches.Count >= MaxBatches || _text.Length > MaxText || _toldAt is not { } at || _time.GetElapsedTime(at) >= _maxAge;

    /// <summary>Adds a batch whose transaction has not committed yet.</summary>
    public void Add(BatchRecord batch)
    {
        if (_batches.Count > 0) _text.Append(',');
        _batches.Add(batch);
        _text.Append(Write(batch));
    }

    /// <summary>What was added has committed.</summary>
    public void Keep() => _kept = (_batches.Count, _text.Length);

    /// <summary>What was added since <see cref="Keep"/> was rolled back.</summary>
    public void Undo()
    {
        _batches.RemoveRange(_kept.Batches, _batches.Count - _kept.Batches);
        _text.Length = _kept.Text;
    }

    /// <summary>The store knows all of them, and this process what was asked of the run at the time at which that was sent.</summary>
    public void Told(long sent)
    {
        _batches.Clear();
        _text.Clear();
        _kept = default;
        _toldAt = sent;
    }

    private string Write(BatchRecord batch)
    {
        _json.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_json))
        {
            json.WriteStartArray();
            json.WriteNumberValue(batch.Number);
            json.WriteStringValue(batch.From);
            json.WriteStringValue(batch.To);
            json.WriteNumberValue(batch.Size);
            json.WriteNumberValue(batch.Processed);
            json.WriteNumberValue(batch.StartedAt.UtcTicks);
            json.WriteNumberValue(batch.FinishedAt.UtcTicks);
            if (batch.Quarantined > 0 || batch.Error is not null) WriteFailures(json, batch);
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(_json.WrittenSpan);
    }

    private static void WriteFailures(Utf8JsonWriter json, BatchRecord batch)
    {
        json.WriteNumberValue(batch.Quarantined);
        if (batch.Error is not { } error) return;
        json.WriteStringValue(error.Type);
        json.WriteStringValue(error.Message);
        json.WriteStringValue(error.Stack);
        json.WriteStringValue(error.Element);
    }

    private static BatchRecord Read(Cursor cursor, JsonElement batch)
    {
        var length = batch.GetArrayLength();
        var error = length > 8 ? new RunError(batch[8].GetString()!, batch[9].GetString()!, batch[10].GetString(), batch[11].GetString()) : null;
        return ReadCompleted(cursor.Run, batch) with
        {
            Status = error is null ? RunStatus.Completed : RunStatus.Failed,
            Error = error,
            Partition = cursor.Partition,
            Quarantined = length > 7 ? batch[7].GetInt32() : 0,
        };
    }

    private static BatchRecord ReadCompleted(string run, JsonElement batch) => new(
        run, batch[0].GetInt64(), RunStatus.Completed, batch[1].GetString(), batch[2].GetString(), batch[3].GetInt32(), batch[4].GetInt64(),
        new DateTimeOffset(batch[5].GetInt64(), TimeSpan.Zero), new DateTimeOffset(batch[6].GetInt64(), TimeSpan.Zero), null);
}
