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
        if (held.TakenUp)
            screen.WriteLine($"{run.Job}: took up run {run.Id}, which a worker that is gone left at {Phrase.Count(run.Counters.Scanned, "row")}, in batches of {Phrase.Number(run.BatchSize)}");
        else
            screen.WriteLine($"{run.Job}: run {run.Id}, in batches of {Phrase.Number(run.BatchSize)}{Limit(run)}");

        WriteOptions(run);
    }

    /// <summary>Says that a run which a person chose goes on.</summary>
    public void BeginAgain(HeldRun held, TakeKind kind)
    {
        var run = held.Run;
        screen.WriteLine($"{run.Job}: {(kind == TakeKind.Retry ? "retries" : "resumes")} run {run.Id} at {Phrase.Count(run.Counters.Scanned, "row")}, in batches of {Phrase.Number(run.BatchSize)}{Limit(run)}");
        WriteOptions(run);
    }

    /// <summary>Says how a run ended; quietly means that success, which goes to standard output, is not mentioned.</summary>
    public void End(Run run, bool isQuiet)
    {
        switch (run.Status)
        {
            case RunStatus.Completed:
                if (isQuiet) return;
                screen.WriteLine(run.Counters.Scanned == 0 ? "Nothing was left to do." : $"Completed: {Totals(run)}.");
                screen.WriteLine($"Next: show {run.Id}");
                return;
            case RunStatus.Failed:
                screen.WriteErrorLine($"Run {run.Id} of {run.Job} failed after {Totals(run)}: {run.Error?.Message}{Element(run)}");
                screen.WriteErrorLine($"What was committed stays done. See the whole error with: show {run.Id}. Mend its cause and go on with: retry {run.Id}");
                return;
            case RunStatus.Stopped:
            case RunStatus.Paused when run.Request is not null:
                screen.WriteErrorLine($"Run {run.Id} of {run.Job} was {run.Status.ToName()} by {run.RequestedBy} after {Totals(run)}.");
                screen.WriteErrorLine($"Go on with: resume {run.Id}");
                return;
            case RunStatus.Paused:
                screen.WriteErrorLine($"Run {run.Id} of {run.Job} is paused after {Totals(run)}{(run.Error is { } error ? ": " + error.Message : ".")}");
                screen.WriteErrorLine("The same command goes on from there.");
                return;
            default:
                screen.WriteErrorLine($"Run {run.Id} of {run.Job} was left after {Totals(run)}.");
                screen.WriteErrorLine("The same command goes on from there.");
                return;
        }
    }

    private void WriteOptions(Run run)
    {
        var options = Phrase.Options(run.Options);
        if (options.Length > 0) screen.WriteLine($"  with {options}");
    }

    private static string Limit(Run run) => run.Limit is { } limit ? $", at most {Phrase.Count(limit, "row")}" : "";

    private static string Element(Run run) => run.Error?.Element is { } element ? $" (row {element})" : "";

    private static string Totals(Run run)
    {
        var counters = run.Counters;
        var rows = counters.Processed == counters.Scanned
            ? Phrase.Count(counters.Processed, "row")
            : $"{Phrase.Number(counters.Processed)} of {Phrase.Count(counters.Scanned, "row")}";
        return $"{rows} in {Phrase.Count(counters.Batches, "batch")}, {Phrase.Duration(counters.Active)}, {Phrase.Rate(Phrase.RowsPerSecond(counters))}";
    }
}
