using Drip.Hosting.Output;
using Drip.Jobs;
using Drip.Runs;

namespace Drip.Hosting.Progress;

/// <summary>What people read around a run: what begins, how it ended, and where to go next.</summary>
internal sealed class RunReport(Screen screen)
{
    public void Begin(HeldRun held)
    {
        var run = held.Run;
        if (held.TakenUp && run.Epoch == 1)
            screen.WriteLine($"{run.Job}: took run {run.Id}, which waited for a worker, {Batches(run)}");
        else if (held.TakenUp)
            screen.WriteLine($"{run.Job}: took up run {run.Id}, which a worker that is gone left at {Phrase.Count(run.Counters.Scanned, "row")}, {Batches(run)}");
        else
            screen.WriteLine($"{run.Job}: run {run.Id}, {Batches(run)}");

        WriteOptions(run);
    }

    /// <summary>Says that a run which a person chose goes on.</summary>
    public void BeginAgain(HeldRun held, TakeKind kind)
    {
        var run = held.Run;
        screen.WriteLine($"{run.Job}: {(kind == TakeKind.Retry ? "retries" : "resumes")} run {run.Id} at {Phrase.Count(run.Counters.Scanned, "row")}, {Batches(run)}");
        WriteOptions(run);
    }

    /// <summary>Says that a run waits for a worker.</summary>
    public void Enqueued(Run run)
    {
        screen.WriteLine($"{run.Job}: run {run.Id} waits for a worker, {Batches(run)}");
        WriteOptions(run);
        screen.WriteLine($"Take it with: worker. Watch it with: show {run.Id}");
    }

    /// <summary>Says how a run ended; quietly means that success, which goes to standard output, is not mentioned.</summary>
    public void End(Run run, bool isQuiet)
    {
        switch (run.Status)
        {
            case RunStatus.Completed when run.Counters.Quarantined > 0:
                if (!isQuiet) screen.WriteLine($"Completed: {Phrase.Totals(run.Counters)}.");
                WriteQuarantine(run);
                screen.WriteErrorLine($"When they are mended, try them again with: retry {run.Id}");
                return;
            case RunStatus.Completed:
                if (isQuiet) return;
                screen.WriteLine(run.Counters.Scanned == 0 ? "Nothing was left to do." : $"Completed: {Phrase.Totals(run.Counters)}.");
                screen.WriteLine($"Next: show {run.Id}");
                return;
            case RunStatus.Failed:
                screen.WriteErrorLine($"Run {run.Id} of {run.Job} failed after {Phrase.Totals(run.Counters)}: {run.Error?.Message}{Element(run)}");
                if (run.Counters.Quarantined > 0) WriteQuarantine(run);
                screen.WriteErrorLine($"What was committed stays done. See the whole error with: show {run.Id}. Mend its cause and go on with: retry {run.Id}");
                return;
            case RunStatus.Stopped:
            case RunStatus.Paused when run.Request is not null:
                screen.WriteErrorLine($"Run {run.Id} of {run.Job} was {run.Status.ToName()} by {run.RequestedBy} after {Phrase.Totals(run.Counters)}.");
                screen.WriteErrorLine($"Go on with: resume {run.Id}");
                return;
            case RunStatus.Paused:
                screen.WriteErrorLine($"Run {run.Id} of {run.Job} is paused after {Phrase.Totals(run.Counters)}{(run.Error is { } error ? ": " + error.Message : ".")}");
                screen.WriteErrorLine("The same command goes on from there.");
                return;
            default:
                screen.WriteErrorLine($"Run {run.Id} of {run.Job} was left after {Phrase.Totals(run.Counters)}.");
                screen.WriteErrorLine("The same command goes on from there.");
                return;
        }
    }

    private void WriteOptions(Run run)
    {
        var options = Phrase.Options(run.Options);
        if (options.Length > 0) screen.WriteLine($"  with {options}");
    }

    private void WriteQuarantine(Run run) => screen.WriteErrorLine($"{Phrase.Quarantined(run.Counters.Quarantined)}; look at {(run.Counters.Quarantined == 1 ? "it" : "them")} with: quarantine {run.Id}");

    private static string Batches(Run run) =>
        $"in batches of {Phrase.Number(run.BatchSize)}{(run.Partitions > 1 ? $", in {Phrase.Number(run.Partitions)} partitions" : "")}{Limit(run)}";

    private static string Limit(Run run) => run.Limit is { } limit ? $", at most {Phrase.Count(limit, "row")}" : "";

    private static string Element(Run run) => run.Error?.Element is { } element ? $" (row {element})" : "";
}
