using System.Buffers;
using System.Text;
using System.Text.Json;
using Drip.Data;
using Drip.Generated;
using Drip.Runs;

namespace Drip.Hooks;

/// <summary>What hooks are told, made from runs and batches, and kept as text until an after-hook was called.</summary>
internal static class HookContexts
{
    /// <summary>The status as hooks know it; null for one that has no hooks.</summary>
    public static HookStatus? StatusOf(RunStatus status) => status switch
    {
        RunStatus.Pending => HookStatus.Pending,
        RunStatus.Enqueued => HookStatus.Enqueued,
        RunStatus.Running => HookStatus.Running,
        RunStatus.Completed => HookStatus.Completed,
        RunStatus.Failed => HookStatus.Failed,
        RunStatus.Stopped => HookStatus.Stopped,
        RunStatus.Paused => HookStatus.Paused,
        _ => null,
    };

    public static RunContext Of(Run run, HookStatus status) => new(
        run.Id, run.Job, status, run.Options, run.CreatedBy,
        run.Counters.Scanned, run.Counters.Processed, run.Counters.Quarantined, run.Counters.Batches, run.Counters.Total,
        run.Error?.Type, run.Error?.Message);

    /// <summary>The after-hook that follows a change of a run's status; null if there is none.</summary>
    public static OutboxEntry? EntryOf(RunStatus? before, Run after, DateTimeOffset at)
    {
        if (before == after.Status || StatusOf(after.Status) is not { } status) return null;
        var point = HookPoint.Of(HookTarget.Run, status, HookMoment.After);
        return after.Hooks.Contains(point)
            ? new OutboxEntry(after.Id, after.Job, point, 0, after.Epoch, Write(Of(after, status)), at).HeldBy(WorkerIdentity.Current.ToString(), at)
            : null;
    }

    public static OutboxEntry EntryOf(BatchContext batch, HookStatus status, DateTimeOffset at) => new(
        batch.RunId, batch.Job, HookPoint.Of(HookTarget.Batch, status, HookMoment.After), batch.Partition, batch.Number, Write(batch), at);

    public static RunContext ReadRun(OutboxEntry entry)
    {
        using var json = JsonDocument.Parse(entry.Context);
        var run = json.RootElement;
        return new RunContext(
            entry.Run, entry.Job, entry.Point.Status, run.GetProperty("options").GetString()!, Text(run, "createdBy"),
            run.GetProperty("scanned").GetInt64(), run.GetProperty("processed").GetInt64(), run.GetProperty("quarantined").GetInt64(), run.GetProperty("batches").GetInt64(),
            run.TryGetProperty("total", out var total) ? total.GetInt64() : null, Text(run, "errorType"), Text(run, "errorMessage"));
    }

    public static BatchContext ReadBatch(OutboxEntry entry)
    {
        using var json = JsonDocument.Parse(entry.Context);
        var batch = json.RootElement;
        var from = Text(batch, "from") is { } text ? KeyText.Read(text) : null;
        return new BatchContext(entry.Run, entry.Job, entry.Number, from, KeyText.Read(Text(batch, "to")!), batch.GetProperty("size").GetInt32()) { Partition = entry.Partition };
    }

    private static string Write(RunContext run) => Write(json =>
    {
        json.WriteString("options", run.Options);
        if (run.CreatedBy is not null) json.WriteString("createdBy", run.CreatedBy);
        json.WriteNumber("scanned", run.Scanned);
        json.WriteNumber("processed", run.Processed);
        json.WriteNumber("quarantined", run.Quarantined);
        json.WriteNumber("batches", run.Batches);
        if (run.Total is { } total) json.WriteNumber("total", total);
        if (run.ErrorType is not null) json.WriteString("errorType", run.ErrorType);
        if (run.ErrorMessage is not null) json.WriteString("errorMessage", run.ErrorMessage);
    });

    private static string Write(BatchContext batch) => Write(json =>
    {
        if (batch.From is not null) json.WriteString("from", KeyText.Write(batch.From));
        json.WriteString("to", KeyText.Write(batch.To));
        json.WriteNumber("size", batch.Size);
    });

    private static string Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var text) ? text.GetString() : null;
}
