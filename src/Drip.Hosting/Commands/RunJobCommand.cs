using System.CommandLine;
using Drip.Hosting.Output;
using Drip.Hosting.Progress;
using Drip.Jobs;
using Drip.Options;

namespace Drip.Hosting.Commands;

/// <summary><c>run</c> of one job, with its checked options.</summary>
internal sealed class RunJobCommand : WorkCommand
{
    private readonly BackfillInfo _info;
    private readonly RunFlags _flags;
    private readonly JobFlags _options;

    public RunJobCommand(Worker worker, BackfillInfo info, RunFlags flags) : base(worker, info.Name, info.Description ?? $"Run {info.Name}")
    {
        (_info, _flags, _options) = (info, flags, new JobFlags(info.Options));
        _options.AddTo(this);
    }

    protected override async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken drain)
    {
        var request = Read(parsed);
        await PrepareAsync(drain).ConfigureAwait(false);
        return _flags.Detach(parsed)
            ? await EnqueueAsync(request, _flags.Json(parsed), drain).ConfigureAwait(false)
            : await WorkAsync(engine => engine.StartAsync(request, drain), (report, held) => report.Begin(held), _flags.Json(parsed)).ConfigureAwait(false);
    }

    private async Task<int> EnqueueAsync(RunRequest request, bool json, CancellationToken cancellationToken)
    {
        var run = await Worker.CreateEngine().EnqueueAsync(request, cancellationToken).ConfigureAwait(false);
        if (json) JsonLine.Write(Worker.Screen, writer => RunJson.WriteResult(writer, run));
        else new RunReport(Worker.Screen).Enqueued(run);
        return ExitCode.Done;
    }

    private RunRequest Read(ParseResult parsed)
    {
        var options = OptionParser.Parse(_info, _options.Read(parsed));
        return new RunRequest(_info.Name, options)
        {
            BatchSize = _flags.BatchSize(parsed),
            Limit = _flags.Limit(parsed),
            Partitions = _flags.Partitions(parsed),
            Sleep = _flags.Sleep(parsed) ?? (_info.Sleep == TimeSpan.Zero ? Worker.Settings.Sleep : null),
            Rate = _flags.Rate(parsed),
            CreatedBy = Worker.Settings.User,
        };
    }
}
