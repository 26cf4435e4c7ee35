using Drip.Sqlite.Tests.Harness;

namespace Drip.Sqlite.Tests.Hooks;

/// <summary>A job that has every hook there is; each does what the test says.</summary>
[Backfill]
internal partial class EveryHook(Script<Item> script, HookScript hooks)
{
    public Scope<Item> Scope() => script.Scope();

    public Task<int> ProcessBatchAsync(Batch<Item> batch, CancellationToken cancellationToken)
    {
        hooks.Add("batch");
        return script.Batch(batch, cancellationToken);
    }

    private Task BeforeRunPendingAsync(RunContext context, CancellationToken stop) => hooks.CallAsync("BeforeRunPending", context, stop);

    private async Task AroundRunPendingAsync(RunContext context, HookNext next, CancellationToken stop) => await hooks.AroundAsync("AroundRunPending", context, next, stop);

    private Task AfterRunPendingAsync(RunContext context, CancellationToken stop) => hooks.CallAsync("AfterRunPending", context, stop);

    private Task BeforeRunEnqueuedAsync(RunContext context, CancellationToken stop) => hooks.CallAsync("BeforeRunEnqueued", context, stop);

    private async Task AroundRunEnqueuedAsync(RunContext context, HookNext next, CancellationToken stop) => await hooks.AroundAsync("AroundRunEnqueued", context, next, stop);

    private Task AfterRunEnqueuedAsync(RunContext context, CancellationToken stop) => hooks.CallAsync("AfterRunEnqueued", context, stop);

    private Task BeforeRunRunningAsync(RunContext context, CancellationToken stop) => hooks.CallAsync("BeforeRunRunning", context, stop);

    private async Task AroundRunRunningAsync(RunContext context, HookNext next, CancellationToken stop) => await hooks.AroundAsync("AroundRunRunning", context, next, stop);

    private Task AfterRunRunningAsync(RunContext context, CancellationToken stop) => hooks.CallAsync("AfterRunRunning", context, stop);

    private Task BeforeRunCompletedAsync(RunContext context, CancellationToken stop) => hooks.CallAsync("BeforeRunCompleted", context, stop);

    private async Task AroundRunCompletedAsync(RunContext context, HookNext next, CancellationToken stop) => await hooks.AroundAsync("AroundRunCompleted", context, next, stop);

    private Task AfterRunCompletedAsync(RunContext context, CancellationToken stop) => hooks.CallAsync("AfterRunCompleted", context, stop);

    private Task BeforeRunFailedAsync(RunContext context, CancellationToken stop) => hooks.CallAsync("BeforeRunFailed", context, stop);

    private async Task AroundRunFailedAsync(RunContext context, HookNext next, CancellationToken stop) => await hooks.AroundAsync("AroundRunFailed", context, next, stop);

    private Task AfterRunFailedAsync(RunContext context, CancellationToken stop) => hooks.CallAsync("AfterRunFailed", context, stop);

    private Task BeforeRunStoppedAsync(RunContext context, CancellationToken stop) => hooks.CallAsync("BeforeRunStopped", context, stop);

    private async Task AroundRunStoppedAsync(RunContext context, HookNext next, CancellationToken stop) => await hooks.AroundAsync("AroundRunStopped", context, next, stop);

    private Task AfterRunStoppedAsync(RunContext context, CancellationToken stop) => hooks.CallAsync("AfterRunStopped", context, stop);

    private Task BeforeRunPausedAsync(RunContext context, CancellationToken stop) => hooks.CallAsync("BeforeRunPaused", context, stop);

    private async Task AroundRunPausedAsync(RunContext context, HookNext next, CancellationToken stop) => await hooks.AroundAsync("AroundRunPaused", context, next, stop);

    private Task AfterRunPausedAsync(RunContext context, CancellationToken stop) => hooks.CallAsync("AfterRunPaused", context, stop);

    private Task BeforeBatchPendingAsync(BatchContext context, CancellationToken stop) => hooks.CallAsync("BeforeBatchPending", context, stop);

    private async Task AroundBatchPendingAsync(BatchContext context, HookNext next, CancellationToken stop) => await hooks.AroundAsync("AroundBatchPending", context, next, stop);

    private Task AfterBatchPendingAsync(BatchContext context, CancellationToken stop) => hooks.CallAsync("AfterBatchPending", context, stop);

    private Task BeforeBatchEnqueuedAsync(BatchContext context, CancellationToken stop) => hooks.CallAsync("BeforeBatchEnqueued", context, stop);

    private async Task AroundBatchEnqueuedAsync(BatchContext context, HookNext next, CancellationToken stop) => await hooks.AroundAsync("AroundBatchEnqueued", context, next, stop);

    private Task AfterBatchEnqueuedAsync(BatchContext context, CancellationToken stop) => hooks.CallAsync("AfterBatchEnqueued", context, stop);

    private Task BeforeBatchRunningAsync(BatchContext context, CancellationToken stop) => hooks.CallAsync("BeforeBatchRunning", context, stop);

    private async Task AroundBatchRunningAsync(BatchContext context, HookNext next, CancellationToken stop) => await hooks.AroundAsync("AroundBatchRunning", context, next, stop);

    private Task AfterBatchRunningAsync(BatchContext context, CancellationToken stop) => hooks.CallAsync("AfterBatchRunning", context, stop);

    private Task BeforeBatchCompletedAsync(BatchContext context, CancellationToken stop) => hooks.CallAsync("BeforeBatchCompleted", context, stop);

    private async Task AroundBatchCompletedAsync(BatchContext context, HookNext next, CancellationToken stop) => await hooks.AroundAsync("AroundBatchCompleted", context, next, stop);

    private Task AfterBatchCompletedAsync(BatchContext context, CancellationToken stop) => hooks.CallAsync("AfterBatchCompleted", context, stop);

    private Task BeforeBatchFailedAsync(BatchContext context, CancellationToken stop) => hooks.CallAsync("BeforeBatchFailed", context, stop);

    private async Task AroundBatchFailedAsync(BatchContext context, HookNext next, CancellationToken stop) => await hooks.AroundAsync("AroundBatchFailed", context, next, stop);

    private Task AfterBatchFailedAsync(BatchContext context, CancellationToken stop) => hooks.CallAsync("AfterBatchFailed", context, stop);

    private Task BeforeBatchStoppedAsync(BatchContext context, CancellationToken stop) => hooks.CallAsync("BeforeBatchStopped", context, stop);

    private async Task AroundBatchStoppedAsync(BatchContext context, HookNext next, CancellationToken stop) => await hooks.AroundAsync("AroundBatchStopped", context, next, stop);

    private Task AfterBatchStoppedAsync(BatchContext context, CancellationToken stop) => hooks.CallAsync("AfterBatchStopped", context, stop);

    private Task BeforeBatchPausedAsync(BatchContext context, CancellationToken stop) => hooks.CallAsync("BeforeBatchPaused", context, stop);

    private async Task AroundBatchPausedAsync(BatchContext context, HookNext next, CancellationToken stop) => await hooks.AroundAsync("AroundBatchPaused", context, next, stop);

    private Task AfterBatchPausedAsync(BatchContext context, CancellationToken stop) => hooks.CallAsync("AfterBatchPaused", context, stop);
}
