using Drip.Hooks;
using Drip.Runs;

namespace Drip.Hosting.Output;

/// <summary>Everything about a run, for people.</summary>
internal sealed class RunDetails(Screen screen, TimeProvider time)
{
    public void Write(Run run, IReadOnlyList<BatchRecord> batches, IReadOnlyList<RunEvent> events, IReadOnlyList<OutboxEntry> hooks)
    {
        Line("Run", run.Id);
        Line("Job", run.Job);
        Line("Status", run.Status.ToName() + Holder(run) + Asked(run));
        Line("Options", Phrase.Options(run.Options) is { Length: > 0 } options ? options : "none");
        Line("Rows", Rows(run));
        Line("Batches", $"{Phrase.Number(run.Counters.Batches)} of {Phrase.Count(run.BatchSize, "row")}{(run.Partitions > 1 ? $", in {Phrase.Number(run.Partitions)} partitions" : "")}{(run.Sleep > TimeSpan.Zero ? $", {Phrase.Duration(run.Sleep)} apart" : "")}{(run.Rate is { } rate ? $", at most {Phrase.MostRows(rate)}" : "")}");
        Line("Time", $"{Phrase.Duration(run.Counters.Active)}, {Phrase.Rate(Phrase.RowsPerSecond(run.Counters))}");
        Line("Created", Phrase.Time(run.CreatedAt) + (run.CreatedBy is { } user ? $" by {user}" : ""));
        if (run.StartedAt is { } started) Line("Started", Phrase.Time(started));
        if (run.FinishedAt is { } finished) Line("Finished", Phrase.Time(finished));
        if (run.Error is { } error) WriteError(error);
        if (run.Counters.Quarantined > 0) Line("Look at", $"quarantine {run.Id}");
        if (hooks.Count > 0) WriteHooks(hooks);
        if (batches.Count > 0) WriteBatches(batches, run.Partitions > 1);
        if (events.Count > 0) WriteEvents(events);
    }

    private void WriteError(RunError error)
    {
        Line("Error", $"{error.Type}: {error.Message}");
        if (error.Element is { } element) Line("At row", element);
        if (error.Stack is { } stack) screen.WriteLine(stack.TrimEnd());
    }

    // A run that began with one partition has no other; columns that would say the same of every batch are left out.
    private void WriteBatches(IReadOnlyList<BatchRecord> batches, bool hasPartitions)
    {
        screen.WriteLine();
        screen.WriteLine("Last batches");
        var hasQuarantine = batches.Any(batch => batch.Quarantined > 0);
        var table = new TextTable(
            [.. TextTable.If(hasPartitions, "PARTITION>"), "BATCH>", "STATUS", "AFTER", "TO", "ROWS>", .. TextTable.If(hasQuarantine, "QUARANTINED>"), "TIME>"]);
        foreach (var batch in batches)
        {
            table.Add([
                .. TextTable.If(hasPartitions, Phrase.Number(batch.Partition)),
                Phrase.Number(batch.Number), batch.Status.ToName(), batch.From ?? "", batch.To ?? "?", Phrase.Number(batch.Processed),
                .. TextTable.If(hasQuarantine, Phrase.Number(batch.Quarantined)), Phrase.Duration(batch.FinishedAt - batch.StartedAt),
            ]);
        }

        table.WriteTo(screen);
    }

    private void WriteHooks(IReadOnlyList<OutboxEntry> hooks)
    {
        screen.WriteLine();
        screen.WriteLine("Hooks to be called");
        var table = new TextTable("HOOK", "BATCH>", "TRIES>", "DUE", "ERROR");
        foreach (var hook in hooks)
        {
            table.Add(
                hook.Point.ToString(), hook.Point.Target == HookTarget.Batch ? Phrase.Number(hook.Number) : "", Phrase.Number(hook.Attempts), Phrase.Time(hook.Due),
                Phrase.OneLine(hook.Error ?? ""));
        }

        table.WriteTo(screen);
    }

    private void WriteEvents(IReadOnlyList<RunEvent> events)
    {
        screen.WriteLine();
        screen.WriteLine("Events");
        var table = new TextTable("AT", "EVENT", "BY", "DETAIL");
        foreach (var happened in events) table.Add(Phrase.Time(happened.At), Phrase.Event(happened.Kind), happened.Who ?? "", Phrase.OneLine(happened.Detail ?? ""));
        table.WriteTo(screen);
    }

    private static string Rows(Run run)
    {
        var counters = run.Counters;
        var rows = Phrase.Number(counters.Processed) + " processed";
        if (counters.Scanned != counters.Processed) rows += $", {Phrase.Number(counters.Scanned)} looked at";
        if (counters.Quarantined > 0) rows += $", {Phrase.Number(counters.Quarantined)} in quarantine";
        if (counters.Total is { } total) rows += $", of {Phrase.Number(total)}";
        return run.Limit is { } limit ? $"{rows} (at most {Phrase.Number(limit)})" : rows;
    }

    private string Holder(Run run)
    {
        if (run.Status == RunStatus.Enqueued) return " (waits for a worker)";
        if (run.Status is not (RunStatus.Running or RunStatus.Stopping)) return "";
        var takenUp = run.Request is null ? "; a worker, or the same command, takes it up" : "";
        if (run.Owner is null) return $" (left by its worker{takenUp})";
        if (WorkerIdentity.TryParse(run.Owner) is { IsKnownDead: true }) return $" (its worker is gone{takenUp})";
        if (run.LeaseUntil <= time.GetUtcNow()) return $" (the lease of its worker ended at {Phrase.Time(run.LeaseUntil.Value)}{takenUp})";
        return $" (worker {WorkerIdentity.Describe(run.Owner)}{(run.LeaseUntil is { } until ? $", lease until {Phrase.Time(until)}" : "")})";
    }

    private static string Asked(Run run) => (run.Request, run.Status) switch
    {
        (null, _) => "",
        (_, RunStatus.Paused or RunStatus.Stopped) => $" by {run.RequestedBy}",
        (var request, _) => $", told to {request.Value.ToName()} by {run.RequestedBy}",
    };

    private void Line(string name, string value) => screen.WriteLine($"{name,-10}{value}");
}
