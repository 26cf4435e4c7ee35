using System.Text.Json;
using Drip.Data;
using Drip.Hooks;
using Drip.Runs;
using Drip.Workers;

namespace Drip.Hosting.Output;

/// <summary>Runs, their batches and rows in quarantine, and what workers tell of them, as JSON.</summary>
internal static class RunJson
{
    /// <summary>The result of <c>run --json</c>: these members, in this order, whatever else a run has.</summary>
    public static void WriteResult(Utf8JsonWriter json, Run run)
    {
        json.WriteStartObject();
        WriteResultMembers(json, run);
        json.WriteEndObject();
    }

    /// <summary>A piece of a worker's news: when and what, then the members of the result, then what is wrong, if anything.</summary>
    public static void WriteNews(Utf8JsonWriter json, WorkNews news, DateTimeOffset at)
    {
        json.WriteStartObject();
        json.WriteTime("at", at);
        json.WriteString("event", news.Kind switch
        {
            WorkNewsKind.Taken => "taken",
            WorkNewsKind.Helped => "helped",
            WorkNewsKind.Ended => "ended",
            _ => "cannot-take",
        });
        WriteResultMembers(json, news.Run);
        if (news.Problem is { } problem)
        {
            json.WriteStartObject("problem");
            json.WriteString("code", problem.Code);
            json.WriteString("message", problem.Message);
            json.WriteString("remedy", problem.Remedy);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>The quarantined rows of a run.</summary>
    public static void WriteQuarantine(Utf8JsonWriter json, IReadOnlyList<QuarantinedRow> rows)
    {
        json.WriteStartArray();
        foreach (var row in rows)
        {
            json.WriteStartObject();
            json.WriteString("key", row.Key.ToString());
            json.WriteString("state", Phrase.State(row.State));
            json.WriteNumber("attempts", row.Attempts);
            json.WriteTime("at", row.At);
            json.WriteNumber("partition", row.Partition);
            WriteError(json, row.Error, withStack: true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Everything about a run; the members of the result come first.</summary>
    public static void WriteRun(Utf8JsonWriter json, Run run, IReadOnlyList<BatchRecord>? lastBatches = null, IReadOnlyList<RunEvent>? events = null, IReadOnlyList<OutboxEntry>? hooks = null)
    {
        json.WriteStartObject();
        json.WriteString("run", run.Id);
        json.WriteString("job", run.Job);
        json.WriteString("status", run.Status.ToName());
        WriteCounters(json, run.Counters);
        json.WriteNumber("scanned", run.Counters.Scanned);
        json.WritePropertyName("options");
        json.WriteRawValue(run.Options);
        json.WriteNumber("batchSize", run.BatchSize);
        json.WriteNumberOrNull("limit", run.Limit);
        json.WriteNumber("partitions", run.Partitions);
        json.WriteNumber("sleepMs", (long)run.Sleep.TotalMilliseconds);
        json.WriteNumberOrNull("ratePerSecond", run.Rate);
        json.WriteTime("createdAt", run.CreatedAt);
        json.WriteText("createdBy", run.CreatedBy);
        json.WriteTime("startedAt", run.StartedAt);
        json.WriteTime("finishedAt", run.FinishedAt);
        json.WriteText("worker", run.Owner);
        json.WriteTime("leaseUntil", run.LeaseUntil);
        json.WriteText("request", run.Request?.ToName());
        json.WriteText("requestedBy", run.RequestedBy);
        json.WriteTime("requestedAt", run.RequestedAt);
        WriteError(json, run.Error, withStack: true);
        if (lastBatches is not null) WriteBatches(json, lastBatches);
        if (events is not null) WriteEvents(json, events);
        if (hooks is { Count: > 0 }) WriteHooks(json, hooks);
        json.WriteEndObject();
    }

    private static void WriteResultMembers(Utf8JsonWriter json, Run run)
    {
        json.WriteString("run", run.Id);
        json.WriteString("job", run.Job);
        json.WriteString("status", run.Status.ToName());
        WriteCounters(json, run.Counters);
        if (run.Status is RunStatus.Failed) WriteError(json, run.Error, withStack: false);
    }

    private static void WriteCounters(Utf8JsonWriter json, RunCounters counters)
    {
        json.WriteNumber("processed", counters.Processed);
        json.WriteNumberOrNull("total", counters.Total);
        json.WriteNumber("quarantined", counters.Quarantined);
        json.WriteNumber("batches", counters.Batches);
        json.WriteNumber("durationMs", (long)Math.Round(counters.Active.TotalMilliseconds));
        json.WriteNumber("rowsPerSecond", Phrase.RowsPerSecond(counters));
    }

    private static void WriteBatches(Utf8JsonWriter json, IReadOnlyList<BatchRecord> batches)
    {
        json.WriteStartArray("lastBatches");
        foreach (var batch in batches)
        {
            json.WriteStartObject();
            json.WriteNumber("partition", batch.Partition);
            json.WriteNumber("number", batch.Number);
            json.WriteString("status", batch.Status.ToName());
            json.WriteText("from", batch.From);
            json.WriteText("to", batch.To);
            json.WriteNumber("size", batch.Size);
            json.WriteNumber("processed", batch.Processed);
            json.WriteNumber("quarantined", batch.Quarantined);
            json.WriteTime("startedAt", batch.StartedAt);
            json.WriteTime("finishedAt", batch.FinishedAt);
            WriteError(json, batch.Error, withStack: true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteHooks(Utf8JsonWriter json, IReadOnlyList<OutboxEntry> hooks)
    {
        json.WriteStartArray("pendingHooks");
        foreach (var hook in hooks)
        {
            json.WriteStartObject();
            json.WriteString("hook", hook.Point.ToString());
            if (hook.Point.Target == HookTarget.Batch)
            {
                json.WriteNumber("partition", hook.Partition);
                json.WriteNumber("batch", hook.Number);
            }

            json.WriteNumber("attempts", hook.Attempts);
            json.WriteTime("due", hook.Due);
            json.WriteText("error", hook.Error);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteEvents(Utf8JsonWriter json, IReadOnlyList<RunEvent> events)
    {
        json.WriteStartArray("events");
        foreach (var happened in events)
        {
            json.WriteStartObject();
            json.WriteTime("at", happened.At);
            json.WriteString("kind", happened.Kind);
            json.WriteText("who", happened.Who);
            json.WriteText("detail", happened.Detail);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteError(Utf8JsonWriter json, RunError? error, bool withStack)
    {
        if (error is null)
        {
            json.WriteNull("error");
            return;
        }

        json.WriteStartObject("error");
        json.WriteString("type", error.Type);
        json.WriteString("message", error.Message);
        json.WriteText("element", error.Element);
        if (withStack) json.WriteText("stack", error.Stack);
        json.WriteEndObject();
    }
}
