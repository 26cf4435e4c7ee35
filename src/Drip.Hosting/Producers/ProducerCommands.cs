using System.CommandLine;

namespace Drip.Hosting.Producers;

/// <summary><c>produce</c>, <c>graph</c>, <c>history</c>, <c>diff</c> and <c>blame</c>.</summary>
internal sealed class ProducerCommands : IProducerCommands
{
    public IEnumerable<KeyValuePair<string, Command>> Create(Worker worker)
    {
        var name = worker.Jobs.Producers.First().Plan.Name;
        return
        [
            new($"produce {name} --from last", new ProduceCommand(worker)),
            new($"graph {name} --format json", GraphCommand.Create(worker)),
            new("history last", HistoryCommand.Create(worker)),
            new("diff last 0 3", DiffCommand.Create(worker)),
            new("blame last Page 7 Status", BlameCommand.Create(worker)),
        ];
    }
}
