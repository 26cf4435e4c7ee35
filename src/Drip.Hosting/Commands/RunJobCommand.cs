using System.CommandLine;
using Drip.Jobs;
using Drip.Options;

namespace Drip.Hosting.Commands;

/// <summary><c>run</c> of one job, with its checked options.</summary>
internal sealed class RunJobCommand : WorkCommand
{
    private readonly Worker _worker;
    private readonly BackfillInfo _info;
    private readonly RunFlags _flags;
    private readonly JobFlags _options;

    public RunJobCommand(Worker worker, BackfillInfo info, RunFlags flags) : base(worker, info.Name, info.Description ?? $"Run {info.Name}")
    {
        (_worker, _info, _flags, _options) = (worker, info, flags, new JobFlags(info.Options));
        _options.AddTo(this);
    }

    protected override async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken drain)
    {
        var request = Read(parsed);
        foreach (var action in _worker.BeforeRun) await action(drain).ConfigureAwait(false);
        await _worker.Store.MigrateAsync(drain).ConfigureAwait(false);
        return await WorkAsync(engine => engine.StartAsync(request, drain), (report, held) => report.Begin(held), _flags.Json(parsed)).ConfigureAwait(false);
    }

    private RunRequest Read(ParseResult parsed)
    {
        var options = OptionParser.Parse(_info, _options.Read(parsed));
        return new RunRequest(_info.Name, options)
        {
            BatchSize = _flags.BatchSize(parsed),
            Limit = _flags.Limit(parsed),
            Sleep = _flags.Sleep(parsed) ?? (_info.Sleep == TimeSpan.Zero ? _worker.Settings.Sleep : null),
            CreatedBy = _worker.Settings.User,
        };
    }
}
