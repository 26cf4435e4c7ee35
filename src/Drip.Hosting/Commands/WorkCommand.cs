using Drip.Batches;
using Drip.Hosting.Output;
using Drip.Hosting.Progress;
using Drip.Jobs;
using Drip.Runs;

namespace Drip.Hosting.Commands;

/// <summary>A command that works on one run in the foreground, from its claim to its exit code.</summary>
internal abstract class WorkCommand(Worker worker, string name, string description) : BatchCommand(worker, name, description)
{
    /// <summary>Works on the run that <paramref name="claim"/> gets, and says on the screen, or in JSON, what becomes of it.</summary>
    protected async Task<int> WorkAsync(Func<Engine, ValueTask<HeldRun>> claim, Action<RunReport, HeldRun> begin, bool json)
    {
        var engine = Worker.CreateEngine();
        var held = await claim(engine).ConfigureAwait(false);
        var report = new RunReport(Worker.Screen);
        if (!json) begin(report, held);
        AnswerSignals();
        try
        {
            var run = await engine.ExecuteAsync(held, Progress(json), Worker.Interruption.Drain, Worker.Interruption.Abort).ConfigureAwait(false);
            if (json) JsonLine.Write(Worker.Screen, writer => RunJson.WriteResult(writer, run));
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
        IProgressView view = Worker.Screen.Terminal.IsLive ? new LiveLine(Worker.Screen, Worker.Time) : new PlainLines(Worker.Screen, Worker.Time);
        return view.Show;
    }

    // The engine has released the run before it threw, so the store knows how far it came, if it can be read at all.
    private async Task<int> EndEarlyAsync(HeldRun held, DripException problem, RunReport report, bool json)
    {
        Run? run = null;
        try
        {
            run = await Worker.Store.FindAsync(held.Run.Id).ConfigureAwait(false);
        }
        catch (DripException)
        {
            // The store is what is broken, and the problem at hand says so.
        }

        if (json && run is not null) JsonLine.Write(Worker.Screen, writer => RunJson.WriteResult(writer, run));
        if (run is { Error: not null })
        {
            report.End(run, isQuiet: json);
        }
        else
        {
            Worker.Screen.WriteError(problem);
            if (run is { Owner: null }) report.End(run, isQuiet: json);
        }

        return ExitCode.Of(problem);
    }

    private int ExitCodeOf(Run run) => run.Status switch
    {
        RunStatus.Completed => run.Counters.Quarantined == 0 ? ExitCode.Done : ExitCode.Quarantined,
        RunStatus.Failed => ExitCode.RunFailed,
        RunStatus.Running when Worker.Interruption.Signal is not null => Worker.Interruption.ExitCode,
        _ => ExitCode.Paused,
    };
}
