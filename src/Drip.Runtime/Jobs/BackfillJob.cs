using System.Runtime.CompilerServices;
using Drip.Batches;
using Drip.Generated;
using Drip.Hooks;

namespace Drip.Jobs;

/// <summary>
/// A job made from a class with <see cref="BackfillAttribute"/>. A worker makes one of each of its jobs at every start, and
/// executes one or two; so what execution needs is reached through <see cref="Execution"/>.
/// </summary>
internal sealed class BackfillJob<TJob, TRow> : Job
    where TJob : class, IBackfill<TJob, TRow>
    where TRow : IModel<TRow>
{
    public override BackfillInfo Info => TJob.Info;

    public override ModelSchema Schema => TRow.Schema;

    internal override HookSet Hooks => TJob.Hooks;

    internal override IHookHandler OpenHooks(IServiceProvider services, OptionValues options) => Execution.Current.OpenHooks<TJob, TRow>(services, options);

    internal override Task PlanAsync(RunExecution execution) => Execution.Current.PlanAsync<TJob, TRow>(execution);

    internal override Task<RunEnd> ExecuteAsync(RunExecution execution) => Execution.Current.ExecuteAsync<TJob, TRow>(execution);

    internal override Task<RunEnd> HelpAsync(RunExecution execution) => Execution.Current.HelpAsync<TJob, TRow>(execution);
}

/// <summary>
/// The way from a job to the code that executes it. In a binary that was compiled ahead of time, a generic type is put
/// together with everything that it names when it is first needed, the engine's state machines included; generic virtual methods
/// are put together when they are called. That saves a worker with five jobs 7 ms at each start.
/// </summary>
internal abstract class Execution
{
    public static Execution Current { [MethodImpl(MethodImplOptions.NoInlining)] get; } = new OfBackfills();

    public abstract IHookHandler OpenHooks<TJob, TRow>(IServiceProvider services, OptionValues options) where TJob : class, IBackfill<TJob, TRow> where TRow : IModel<TRow>;

    public abstract Task PlanAsync<TJob, TRow>(RunExecution execution) where TJob : class, IBackfill<TJob, TRow> where TRow : IModel<TRow>;

    public abstract Task<RunEnd> ExecuteAsync<TJob, TRow>(RunExecution execution) where TJob : class, IBackfill<TJob, TRow> where TRow : IModel<TRow>;

    public abstract Task<RunEnd> HelpAsync<TJob, TRow>(RunExecution execution) where TJob : class, IBackfill<TJob, TRow> where TRow : IModel<TRow>;

    private sealed class OfBackfills : Execution
    {
        public override IHookHandler OpenHooks<TJob, TRow>(IServiceProvider services, OptionValues options) => new OwnHooks<TJob, TRow>(TJob.Create(services, options));

        public override Task PlanAsync<TJob, TRow>(RunExecution execution) => BackfillRun<TJob, TRow>.PlanAsync(execution);

        public override Task<RunEnd> ExecuteAsync<TJob, TRow>(RunExecution execution) => BackfillRun<TJob, TRow>.ExecuteAsync(execution);

        public override Task<RunEnd> HelpAsync<TJob, TRow>(RunExecution execution) => BackfillRun<TJob, TRow>.HelpAsync(execution);
    }
}
