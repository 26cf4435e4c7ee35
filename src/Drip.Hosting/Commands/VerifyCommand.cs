using System.CommandLine;
using System.Text.Json;
using Drip.Hosting.Output;
using Drip.Jobs;
using Drip.Runs;
using Drip.Store;

namespace Drip.Hosting.Commands;

/// <summary><c>verify --require JOB…</c>: a gate for deployments, open when each job has run to its end, without a row in quarantine, and none is at work.</summary>
internal sealed class VerifyCommand
{
    private static readonly RunStatus[] Unfinished = Array.FindAll(Enum.GetValues<RunStatus>(), status => !status.IsTerminal());

    private readonly Option<string[]> _require = new("--require")
    {
        Description = "The jobs that must have a completed run (without a limit, without rows in quarantine) and no run that is not over",
        HelpName = "job",
        Arity = ArgumentArity.ZeroOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<bool> _json = JsonFlag.Create();
    private readonly Worker _worker;

    private VerifyCommand(Worker worker) => _worker = worker;

    public static Command Create(Worker worker)
    {
        var verify = new VerifyCommand(worker);
        verify._require.CompletionSources.Add([.. worker.Jobs.All.Select(job => job.Info.Name)]);
        var command = new Command("verify", "Check that jobs are done, for a deployment to go on") { verify._require, verify._json };
        command.SetAction(verify.VerifyAsync);
        return command;
    }

    private async Task<int> VerifyAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var names = (parsed.GetValue(_require) ?? []).Distinct(StringComparer.Ordinal).ToArray();
        if (names.Length == 0)
            throw new DripException(DripErrorKind.Usage, "missing-job", "'verify' needs the names of the jobs that are required.", "Give them as: verify --require JOB…");

        var jobs = Array.ConvertAll(names, _worker.Jobs.Find);
        List<Finding> findings = [];
        foreach (var job in jobs) findings.Add(await FindAsync(job, cancellationToken).ConfigureAwait(false));

        if (parsed.GetValue(_json)) JsonLine.Write(_worker.Screen, json => WriteJson(json, findings));
        else WriteDone(findings);
        if (findings.TrueForAll(finding => finding.IsDone)) return ExitCode.Done;
        WriteMissing(findings);
        return ExitCode.RunFailed;
    }

    private async ValueTask<Finding> FindAsync(Job job, CancellationToken cancellationToken)
    {
        var name = job.Info.Name;
        foreach (var status in Unfinished)
        {
            if (await _worker.Store.ListAsync(new RunFilter(name, status, Limit: 1), cancellationToken).ConfigureAwait(false) is [var run])
                return new Finding(name, null, run);
        }

        return new Finding(name, await FindCompletedAsync(name, cancellationToken).ConfigureAwait(false), null);
    }

    // A run with a limit was a trial: it says nothing of the rows behind it.
    private async ValueTask<Run?> FindCompletedAsync(string job, CancellationToken cancellationToken)
    {
        var filter = new RunFilter(job, RunStatus.Completed);
        while (true)
        {
            var page = await _worker.Store.ListAsync(filter, cancellationToken).ConfigureAwait(false);
            if (page.FirstOrDefault(run => run.Limit is null) is { } completed) return completed;
            if (page.Count < filter.Limit) return null;
            filter = filter with { Before = page[^1].Id };
        }
    }

    private void WriteDone(List<Finding> findings)
    {
        foreach (var finding in findings)
        {
            if (finding is { IsDone: true, Completed: { } run }) _worker.Screen.WriteLine($"{finding.Job}: completed, run {run.Id}{(run.FinishedAt is { } at ? $", {Phrase.Time(at)}" : "")}");
        }
    }

    private void WriteMissing(List<Finding> findings)
    {
        foreach (var finding in findings.Where(finding => !finding.IsDone))
        {
            var (problem, remedy) = finding switch
            {
                { Unfinished: { } run } => ($"run {run.Id} is not over, it is {run.Status.ToName()}.", $"Look at it with: show {run.Id}"),
                { Completed: { } run } => (
                    $"run {run.Id} completed, but {Phrase.Quarantined(run.Counters.Quarantined)}.",
                    $"Mend what is wrong and go on with: retry {run.Id}. Leave rows as they are with: quarantine {run.Id} --skip KEY"),
                _ => ("no run without a limit has completed.", $"Run it with: run {finding.Job}"),
            };
            _worker.Screen.WriteErrorLine($"{finding.Job}: {problem}");
            _worker.Screen.WriteErrorLine(remedy);
        }
    }

    private static void WriteJson(Utf8JsonWriter json, List<Finding> findings)
    {
        json.WriteStartObject();
        json.WriteBoolean("done", findings.TrueForAll(finding => finding.IsDone));
        json.WriteStartArray("jobs");
        foreach (var finding in findings)
        {
            json.WriteStartObject();
            json.WriteString("job", finding.Job);
            json.WriteBoolean("done", finding.IsDone);
            json.WriteText("completed", finding.Completed?.Id);
            json.WriteText("unfinished", finding.Unfinished?.Id);
            json.WriteNumberOrNull("quarantined", finding.Completed?.Counters.Quarantined);
            json.WriteText("status", (finding.Unfinished ?? finding.Completed)?.Status.ToName());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>What there is of a job: a completed run, or one that is not over, or neither.</summary>
    private sealed record Finding(string Job, Run? Completed, Run? Unfinished)
    {
        public bool IsDone => Completed is { Counters.Quarantined: 0 };
    }
}
