using System.CommandLine;
using Drip.Batches;
using Drip.Hosting.Output;
using Drip.Hosting.Progress;
using Drip.Jobs;
using Drip.Runs;

namespace Drip.Hosting.Commands;

/// <summary>A command that works on a run in the foreground, from its claim to its exit code.</summary>
internal abstract class WorkCommand : Command
{
    private readonly Worker _worker;

    protected WorkCommand(Worker worker, string name, string description) : base(name, description)
    {
        _worker = worker;
        // The worker's own token and not the one of the parser, which follows it with a delay: no batch begins after a signal.
        SetAction((parsed, _) => ExecuteAsync(parsed, worker.Interruption.Drain));
    }

    protected abstract Task<int> ExecuteAsync(ParseResult parsed, CancellationToken drain);

    /// <summary>Works on the run that <paramref name="claim"/> gets, and says on the screen, or in JSON, what becomes of it.</summary>
    protected async Task<int> WorkAsync(Func<Engine, ValueTask<HeldRun>> claim, Action<RunReport, HeldRun> begin, bool json)
    {
        var engine = _worker.CreateEngine();
        var held = await claim(engine).ConfigureAwait(false);
        var report = new RunReport(_worker.Screen);
        if (!json) begin(report, held);
        _worker.Interruption.Told = Answer;
        try
        {
            var run = await engine.ExecuteAsync(held, Progress(json), _worker.Interruption.Drain, _worker.Interruption.Abort).ConfigureAwait(false);
            if (json) JsonLine.Write(_worker.Screen, writer => RunJson.WriteResult(writer, run));
            report.End(run, isQuiet: json);
            return ExitCodeOf(run);
        }
        catch (DripException problem)
        {
            return await EndEarlyAsync(held, problem, report, json).ConfigureAwait(false);
        }
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
