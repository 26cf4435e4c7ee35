using System.CommandLine;
using Drip.Hosting.Output;
using Drip.Runs;

namespace Drip.Hosting.Commands;

/// <summary><c>pause RUN</c> and <c>stop RUN</c>: asks the worker that has the run, or does it where there is none.</summary>
internal static class AskCommand
{
    public static Command Pause(Worker worker) =>
        Create(worker, RunRequestKind.Pause, "Put a run aside when its batch is done");

    public static Command Stop(Worker worker) =>
        Create(worker, RunRequestKind.Stop, "End a run when its batch is done");

    private static Command Create(Worker worker, RunRequestKind kind, string description)
    {
        var id = RunArgument.Create();
        var force = new Option<bool>("--force") { Description = "Do not wait for its worker: fence it off, so that it commits nothing more", Arity = ArgumentArity.Zero };
        var command = new Command(kind.ToName(), description) { id, force };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var run = await RunArgument.FindAsync(worker.Store, RunArgument.Typed(parsed, id), cancellationToken).ConfigureAwait(false);
            var asked = await worker.CreateEngine().AskAsync(run.Id, kind, parsed.GetValue(force), worker.Settings.User, cancellationToken).ConfigureAwait(false);
            Say(worker.Screen, asked, fencedOff: parsed.GetValue(force) ? run.Owner : null);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Say(Screen screen, Run run, string? fencedOff)
    {
        if (run.Owner is not null)
        {
            screen.WriteLine($"Run {run.Id} of {run.Job} finishes its batch and {(run.Request == RunRequestKind.Pause ? "pauses" : "stops")}; look at it with: show {run.Id}");
            return;
        }

        screen.WriteLine($"Run {run.Id} of {run.Job} is {run.Status.ToName()} at {Phrase.Count(run.Counters.Scanned, "row")}.");
        if (fencedOff is not null) screen.WriteLine($"Its worker ({WorkerIdentity.Describe(fencedOff)}) commits nothing more, and leaves when it notices.");
        screen.WriteLine($"Go on with: resume {run.Id}");
    }
}
