using System.CommandLine;
using Drip.Hosting.Output;
using Drip.Hosting.Progress;
using Drip.Jobs;
using Drip.Options;
using Drip.Runs;

namespace Drip.Hosting.Commands;

/// <summary><c>run</c> of one job, from its checked options to its exit code.</summary>
internal sealed class RunJobCommand : Command
{
    private readonly Worker _worker;
    private readonly BackfillInfo _info;
    private readonly RunFlags _flags;
    private readonly JobFlags _options;

    public RunJobCommand(Worker worker, BackfillInfo info, RunFlags flags) : base(info.Name, info.Description ?? $"Run {info.Name}")
    {
        (_worker, _info, _flags, _options) = (worker, info, flags, new JobFlags(info));
        _options.AddTo(this);
        SetAction(ExecuteAsync);
    }

    // The worker's own token and not the one of the parser, which follows it with a delay: no batch begins after a signal.
    private async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken _)
    {
        var drain = _worker.Interruption.Drain;
        var request = Read(parsed);
        foreach (var action in _worker.BeforeRun) await action(drain).ConfigureAwait(false);
        await _worker.Store.MigrateAsync(drain).ConfigureAwait(false);

        var engine = _worker.CreateEngine();
        var held = await engine.StartAsync(request, drain).ConfigureAwait(false);
        var json = _flags.Json(parsed);
        var report = new RunReport(_worker.Screen);
        if (!json) report.Begin(held);
        _worker.Interruption.Told = Answer;
        try
        {
            var run = await engine.ExecuteAsync(held, Progress(json), drain, _worker.Interruption.Abort).ConfigureAwait(false);
            if (json) JsonLine.Write(_worker.Screen, writer => RunJson.WriteResult(writer, run));
            report.End(run, isQuiet: json);
            return ExitCodeOf(run);
        }
        catch (DripException problem)
        {
            return await EndEarlyAsync(held, problem, report, json).ConfigureAwait(false);
        }
    }

    private RunRequest Read(ParseResult parsed)
    {
        var options = OptionParser.Parse(_info, _options.Read(parsed));
        return new RunRequest(_info.Name, options)
        {
            BatchSize = _flags.BatchSize(parsed),
            Limit = _flags.Limit(parsed),
            Sleep = _flags.Sleep(parsed) ?? (_info.Sleep == TimeSpan.Zero ? _worker.Settings.Sleep : null),
            CreatedBy = _worker.Settings.User,
        };
    }

    private Action<RunProgress>? Progress(bool json)
    {
        if (json) return null;
        IProgressView view = _worker.Screen.Terminal.IsLive ? new LiveLine(_worker.Screen, _worker.Time) : new PlainLines(_worker.Screen, _worker.Time);
        return view.Show;
    }

    private void Answer(int signals)
    {
        if (signals == 1) _worker.Screen.WriteErrorLine("Told to leave: the batch in flight finishes first. Once more to leave at once.");
        else if (signals == 2) _worker.Screen.WriteErrorLine("Leaving at once: the batch in flight is rolled back.");
    }

    // The engine has released the run before it threw, so the store knows how far it came, if it can be read at all.
    private async Task<int> EndEarlyAsync(HeldRun held, DripException problem, RunReport report, bool json)
    {
        Run? run = null;
        try
        {
            run = await _worker.Store.FindAsync(held.Run.Id).ConfigureAwait(false);
        }
        catch (DripException)
        {
            // The store is what is broken, and the problem at hand says so.
        }

        if (json && run is not null) JsonLine.Write(_worker.Screen, writer => RunJson.WriteResult(writer, run));
        if (run is { Error: not null })
        {
            report.End(run, isQuiet: json);
        }
        else
        {
            _worker.Screen.WriteError(problem);
            if (run is { Owner: null }) report.End(run, isQuiet: json);
        }

        return (int)problem.Kind;
    }

    private int ExitCodeOf(Run run) => run.Status switch
    {
        RunStatus.Completed => ExitCode.Done,
        RunStatus.Failed => ExitCode.RunFailed,
        RunStatus.Running when _worker.Interruption.Signal is not null => _worker.Interruption.ExitCode,
        _ => ExitCode.Paused,
    };
}
