using System.CommandLine;
using Drip.Hosting.Output;
using Drip.Runs;
using Drip.Store;

namespace Drip.Hosting.Commands;

/// <summary><c>show RUN</c>: one run, by its id or the beginning of it.</summary>
internal static class ShowCommand
{
    private const int LastBatches = 10;
    private const int EventsPerPage = 500;

    public static Command Create(Worker worker)
    {
        var id = RunArgument.Create();
        var json = JsonFlag.Create();
        var command = new Command("show", "Show a run: its options, its progress, its error, its last batches, what happened to it") { id, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var run = await RunArgument.FindAsync(worker.Store, RunArgument.Typed(parsed, id), cancellationToken).ConfigureAwait(false);
            var batches = await worker.Store.ListBatchesAsync(new BatchFilter(run.Id, Limit: LastBatches), cancellationToken).ConfigureAwait(false);
            var events = await EventsAsync(worker.Store, run.Id, cancellationToken).ConfigureAwait(false);
            var hooks = await worker.CreateEngine().ListOutboxAsync(run.Id, cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(json)) JsonLine.Write(worker.Screen, writer => RunJson.WriteRun(writer, run, batches, events, hooks));
            else new RunDetails(worker.Screen, worker.Time).Write(run, batches, events, hooks);
            return ExitCode.Done;
        });
        return command;
    }

    private static async ValueTask<IReadOnlyList<RunEvent>> EventsAsync(IRunStore store, string run, CancellationToken cancellationToken)
    {
        List<RunEvent> events = [];
        while (true)
        {
            var page = await store.ListEventsAsync(run, events.Count == 0 ? 0 : events[^1].Id, EventsPerPage, cancellationToken).ConfigureAwait(false);
            events.AddRange(page);
            if (page.Count < EventsPerPage) return events;
        }
    }
}
