using System.CommandLine;
using Drip.Hosting.Output;
using Drip.Workers;

namespace Drip.Hosting.Commands;

/// <summary><c>worker</c>: takes runs from the queue, goes on with those whose worker is gone, and helps with the partitions of others.</summary>
internal sealed class WorkerCommand : BatchCommand
{
    private readonly NumberFlag _concurrency = new("--concurrency", "runs", 64, "How many runs, or partitions of runs, to work on at the same time (default: 1)");
    private readonly Option<bool> _drain = new("--drain") { Description = "Leave when nothing is left to do", Arity = ArgumentArity.Zero };
    private readonly Option<bool> _json = JsonFlag.Create("Print what happens as JSON, one object on each line");

    public WorkerCommand(Worker worker) : base(worker, "worker", "Wait for runs and work on them")
    {
        Options.Add(_concurrency.Option);
        Options.Add(_drain);
        Options.Add(_json);
    }

    protected override async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken drain)
    {
        var settings = new WorkSettings((int?)_concurrency.Read(parsed) ?? 1, parsed.GetValue(_drain));
        await PrepareAsync(drain).ConfigureAwait(false);

        var engine = Worker.CreateEngine();
        AnswerSignals();
        await engine.WorkAsync(settings, Teller(settings, parsed.GetValue(_json)), drain, Worker.Interruption.Abort).ConfigureAwait(false);
        return Worker.Interruption.Signal is null ? ExitCode.Done : Worker.Interruption.ExitCode;
    }

    private Action<WorkNews> Teller(WorkSettings settings, bool json)
    {
        if (json) return news => JsonLine.Write(Worker.Screen, writer => RunJson.WriteNews(writer, news, Worker.Time.GetUtcNow()));
        var report = new WorkReport(Worker.Screen);
        report.Begin(settings);
        return report.Tell;
    }
}
