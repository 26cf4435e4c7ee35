using System.CommandLine;
using Drip.Jobs;

namespace Drip.Hosting.Commands;

/// <summary><c>resume RUN</c> and <c>retry RUN</c>: goes on with a run that was begun before, from its cursor and with its options.</summary>
internal sealed class TakeCommand : WorkCommand
{
    private readonly Argument<string?> _run = RunArgument.Create();
    private readonly Option<bool> _json = JsonFlag.Create("Print the result as one JSON object, and nothing else");
    private readonly JobFlags _secrets;
    private readonly TakeKind _kind;

    private TakeCommand(Worker worker, TakeKind kind, string name, string description) : base(worker, name, description)
    {
        _kind = kind;
        Arguments.Add(_run);
        Options.Add(_json);

        // Of which job the run is, is known only later.
        _secrets = new JobFlags([.. worker.Jobs.All.SelectMany(job => job.Info.Options).Where(option => option.IsSecret).DistinctBy(option => option.Name)]);
        _secrets.AddTo(this);
    }

    public static TakeCommand Resume(Worker worker) =>
        new(worker, TakeKind.Resume, "resume", "Go on with a run that was paused or stopped; secret options are to be given again");

    public static TakeCommand Retry(Worker worker) =>
        new(worker, TakeKind.Retry, "retry", "Go on with a run that failed or has rows in quarantine, after the cause was mended; secret options are to be given again");

    protected override async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken drain)
    {
        var typed = RunArgument.Typed(parsed, _run);
        var secrets = _secrets.Read(parsed);
        await Worker.Store.MigrateAsync(drain).ConfigureAwait(false);
        var run = await RunArgument.FindAsync(Worker.Store, typed, drain).ConfigureAwait(false);
        var request = new TakeRequest(run.Id, _kind) { Secrets = secrets, Who = Worker.Settings.User };
        return await WorkAsync(engine => engine.TakeAsync(request, drain), (report, held) => report.BeginAgain(held, _kind), parsed.GetValue(_json)).ConfigureAwait(false);
    }
}
