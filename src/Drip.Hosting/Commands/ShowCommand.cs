using System.CommandLine;
using Drip.Hosting.Output;
using Drip.Options;
using Drip.Runs;
using Drip.Store;

namespace Drip.Hosting.Commands;

/// <summary><c>show RUN</c>: one run, by its id or the beginning of it.</summary>
internal static class ShowCommand
{
    private const int LastBatches = 10;

    public static Command Create(Worker worker)
    {
        var id = new Argument<string?>("run") { Description = "The run's id, or the beginning of it", Arity = ArgumentArity.ZeroOrOne };
        var json = JsonFlag.Create();
        var command = new Command("show", "Show a run: its options, its progress, its error, its last batches") { id, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var run = await FindAsync(worker.Store, parsed.GetValue(id), cancellationToken).ConfigureAwait(false);
            var batches = await worker.Store.ListBatchesAsync(new BatchFilter(run.Id, Limit: LastBatches), cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(json)) JsonLine.Write(worker.Screen, writer => RunJson.WriteRun(writer, run, batches));
            else new RunDetails(worker.Screen).Write(run, batches);
            return ExitCode.Done;
        });
        return command;
    }

    private static async ValueTask<Run> FindAsync(IRunStore store, string? typed, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(typed))
        {
            throw new DripException(DripErrorKind.Usage, "missing-run",
                "'show' needs the id of a run, or the beginning of it.", "Use 'runs' to see the runs.");
        }

        var prefix = typed.Trim().ToLowerInvariant();
        if (await store.FindAsync(prefix, cancellationToken).ConfigureAwait(false) is { } exact) return exact;
        var found = await store.ListAsync(new RunFilter(IdPrefix: prefix, Limit: 3), cancellationToken).ConfigureAwait(false);
        return found.Count switch
        {
            1 => found[0],
            0 => throw new DripException(DripErrorKind.Usage, "unknown-run",
                $"There is no run {Quoted.Text(typed)}.", "Use 'runs' to see the runs."),
            _ => throw new DripException(DripErrorKind.Usage, "ambiguous-run",
                $"Several runs begin with {Quoted.Text(typed)}, for example {found[0].Id} and {found[1].Id}.", "Type more of the id."),
        };
    }
}
