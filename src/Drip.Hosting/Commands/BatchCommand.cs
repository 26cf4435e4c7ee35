using System.CommandLine;
using Drip.Hosting.Signals;

namespace Drip.Hosting.Commands;

/// <summary>A command that executes batches, so that a signal lets the one in flight finish.</summary>
internal abstract class BatchCommand : Command
{
    protected BatchCommand(Worker worker, string name, string description) : base(name, description)
    {
        Worker = worker;
        // The worker's own token and not the one of the parser, which follows it with a delay: no batch begins after a signal.
        SetAction((parsed, _) => ExecuteAsync(parsed, worker.Interruption.Drain));
    }

    protected Worker Worker { get; }

    protected abstract Task<int> ExecuteAsync(ParseResult parsed, CancellationToken drain);

    /// <summary>Does what comes before work, once it is known that nothing is wrong with what was typed.</summary>
    protected async Task PrepareAsync(CancellationToken drain)
    {
        await BeforeRunAsync(drain).ConfigureAwait(false);
        await Worker.Store.MigrateAsync(drain).ConfigureAwait(false);
    }

    /// <summary>Does what the author wants done before work.</summary>
    protected async Task BeforeRunAsync(CancellationToken drain)
    {
        foreach (var action in Worker.BeforeRun) await action(drain).ConfigureAwait(false);
    }

    /// <summary>From here on signals are answered on standard error.</summary>
    protected void AnswerSignals() => Worker.Interruption.Told = why => Worker.Screen.WriteErrorLine(why switch
    {
        Leaving.AfterBatch => "Told to leave: the batch in flight finishes first. Once more to leave at once.",
        Leaving.AtOnce => "Leaving at once: the batch in flight is rolled back.",
        _ => "The batch in flight took longer than Drip:Shutdown:Budget allows: it is rolled back.",
    });
}
