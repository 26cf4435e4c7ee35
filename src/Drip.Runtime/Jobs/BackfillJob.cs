using Drip.Batches;
using Drip.Generated;
using Drip.Hooks;

namespace Drip.Jobs;

/// <summary>A job made from a class with <see cref="BackfillAttribute"/>.</summary>
internal sealed class BackfillJob<TJob, TRow> : Job
    where TJob : class, IBackfill<TJob, TRow>
    where TRow : IModel<TRow>
{
    public override BackfillInfo Info => TJob.Info;

    public override ModelSchema Schema => TRow.Schema;

    internal override HookSet Hooks => TJob.Hooks;

    internal override IHookHandler OpenHooks(IServiceProvider services, OptionValues options) => new OwnHooks<TJob, TRow>(TJob.Create(services, options));

    internal override Task PlanAsync(RunExecution execution) => BackfillRun<TJob, TRow>.PlanAsync(execution);

    internal override Task<RunEnd> ExecuteAsync(RunExecution execution) => BackfillRun<TJob, TRow>.ExecuteAsync(execution);

    internal override Task<RunEnd> HelpAsync(RunExecution execution) => BackfillRun<TJob, TRow>.HelpAsync(execution);
}
