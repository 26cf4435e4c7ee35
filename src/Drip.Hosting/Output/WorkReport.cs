using Drip.Runs;
using Drip.Workers;

namespace Drip.Hosting.Output;

/// <summary>What people read of a worker that waits for work: a line for each piece of news, on standard error where something is wrong.</summary>
internal sealed class WorkReport(Screen screen)
{
    public void Begin(WorkSettings settings) => screen.WriteLine(
        $"Looking for work{(settings.UntilIdle ? " until nothing is left to do" : "")}, {Phrase.Count(settings.Concurrency, "run")} at a time. Ctrl-C ends.");

    public void Tell(WorkNews news)
    {
        var run = news.Run;
        var name = $"{run.Job}: run {run.Id}";
        switch (news.Kind)
        {
            case WorkNewsKind.Taken:
                var options = Phrase.Options(run.Options);
                screen.WriteLine($"{name} taken at {Phrase.Count(run.Counters.Scanned, "row")}{(options.Length > 0 ? $", with {options}" : "")}");
                return;
            case WorkNewsKind.Helped:
                screen.WriteLine($"{name} helped with its partitions");
                return;
            case WorkNewsKind.Ended:
                TellEnd(name, run, news.Problem);
                return;
            default:
                screen.WriteErrorLine($"{name} cannot be taken: {news.Problem?.Message} {news.Problem?.Remedy}");
                return;
        }
    }

    private void TellEnd(string name, Run run, DripException? problem)
    {
        // Whatever became of it since, this worker did not do it.
        if (problem is { Code: "lease-lost" })
        {
            screen.WriteErrorLine($"{name} left: {problem.Message}");
            return;
        }

        var totals = Phrase.Totals(run.Counters);
        switch (run.Status)
        {
            case RunStatus.Completed when run.Counters.Quarantined == 0:
                screen.WriteLine(run.Counters.Scanned == 0 ? $"{name} completed: nothing was left to do" : $"{name} completed: {totals}");
                return;
            case RunStatus.Completed:
                screen.WriteErrorLine($"{name} completed: {totals}. {Phrase.Quarantined(run.Counters.Quarantined)}; look with: quarantine {run.Id}");
                return;
            case RunStatus.Failed:
                screen.WriteErrorLine($"{name} failed after {totals}: {Phrase.OneLine(run.Error?.Message ?? "")}{(run.Error?.Element is { } row ? $" (row {row})" : "")}. Look with: show {run.Id}");
                return;
            case RunStatus.Paused or RunStatus.Stopped when run.Request is not null:
                screen.WriteLine($"{name} {run.Status.ToName()} by {run.RequestedBy} after {totals}");
                return;
            default:
                var why = problem?.Message ?? run.Error?.Message;
                var line = $"{name} {(run.Status == RunStatus.Paused ? "paused" : "left")} after {totals}{(why is null ? "" : ": " + Phrase.OneLine(why))}";
                if (why is null) screen.WriteLine(line);
                else screen.WriteErrorLine(line);
                return;
        }
    }
}
