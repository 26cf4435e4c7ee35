using System.Data.Common;
using Drip.Batches;
using Drip.Generated;
using Drip.Runs;
using Microsoft.Extensions.Logging;

namespace Drip.Hooks;

/// <summary>
/// The hooks of one walk's batches. Before- and around-hooks are called inside the batch's transaction, after-hooks when it
/// has ended. Where a job has no hooks of batches there is no such object.
/// </summary>
internal sealed class BatchHooks
{
    private readonly SharedRun _shared;
    private readonly JobHooks _hooks;
    private readonly CancellationToken _stop;
    private readonly List<OutboxEntry> _failed = [];
    private readonly List<(string Kind, string Detail)> _events = [];
    private BatchContext? _batch;

    private BatchHooks(SharedRun shared, JobHooks hooks, CancellationToken stop) => (_shared, _hooks, _stop) = (shared, hooks, stop);

    /// <summary>The hooks of a walk; null if its job has none of batches.</summary>
    /// <param name="shared">The run.</param>
    /// <param name="own">Which hooks the job has.</param>
    /// <param name="open">Makes them callable.</param>
    /// <param name="stop">The token that the author's method gets.</param>
    public static BatchHooks? Find(SharedRun shared, HookSet own, Func<IHookHandler> open, CancellationToken stop)
    {
        var handler = shared.Execution.Hooks.Shared;
        return JobHooks.HasOfBatches(JobHooks.SetOf(own, handler)) ? new BatchHooks(shared, new JobHooks(own, open, handler, shared.Execution.Services), stop) : null;
    }

    /// <summary>Whether a batch is in flight whose rows are known.</summary>
    public bool IsInBatch => _batch is not null;

    private IOutbox Outbox => _shared.Execution.Database.Outbox;

    private DateTimeOffset Now => _shared.Execution.Time.GetUtcNow();

    /// <summary>A batch begins, whose rows are not known yet.</summary>
    public void Begin()
    {
        _batch = null;
        _failed.Clear();
    }

    /// <summary>Executes a whole batch; false if it is to be done again.</summary>
    /// <exception cref="DripException">An around-hook did not let it pass; the batch is to be rolled back.</exception>
    public async Task<bool> RunAsync(BatchContext batch, Func<Task<bool>> whole)
    {
        _batch = batch;
        await PassAsync(HookStatus.Pending).ConfigureAwait(false);
        await PassAsync(HookStatus.Enqueued).ConfigureAwait(false);
        var isDone = await EnterAsync(HookStatus.Running, whole).ConfigureAwait(false);
        _batch = null;
        return isDone;
    }

    /// <summary>Writes how the batch ended, and commits; false if it is to be done again.</summary>
    public Task<bool> EndAsync(HookStatus status, Func<Task<bool>> commit) => EnterAsync(status, commit);

    /// <summary>Writes down which after-hooks are to be called, in the transaction of the batch.</summary>
    public async Task WriteAsync(HookStatus status, DbTransaction transaction)
    {
        foreach (var entry in _failed) await Outbox.AddAsync(entry, transaction, _stop).ConfigureAwait(false);
        await AddAsync(status, transaction).ConfigureAwait(false);
        await AddAsync(HookStatus.Running, transaction).ConfigureAwait(false);
    }

    /// <summary>The batch in flight was rolled back and fails with its run; <paramref name="record"/> writes that down.</summary>
    public async Task FailAsync(Exception error, Func<Task> record)
    {
        // What kept the batch from failing does not do so twice.
        if (error is HookException { Point: { Target: HookTarget.Batch, Status: HookStatus.Failed } }) _batch = null;
        await LeaveAsync(HookStatus.Failed, record, _stop).ConfigureAwait(false);
    }

    /// <summary>The batch in flight was rolled back, and its run is left: told to leave at once, or unable to go on.</summary>
    // Told to leave, its token is cancelled already, and a hook that obeyed it could do nothing.
    public Task LeaveAsync(HookStatus status) => LeaveAsync(status, static () => Task.CompletedTask, CancellationToken.None);

    /// <summary>Writes down what happened at hooks; not before, because a store in the same file waits for the batch's transaction to end.</summary>
    public async Task FlushAsync()
    {
        foreach (var (kind, detail) in _events) await _shared.Execution.Hooks.LogAsync(_shared.Execution.Run.Id, kind, detail).ConfigureAwait(false);
        _events.Clear();
    }

    private async Task LeaveAsync(HookStatus status, Func<Task> record, CancellationToken stop)
    {
        try
        {
            if (_batch is null || !_hooks.Has(HookTarget.Batch, status)) await record().ConfigureAwait(false);
            else await EnterAsync(status, RecordAsync, stop).ConfigureAwait(false);
        }
        catch (HookException failure)
        {
            // The run ends with what ended the batch, which is what people have to mend first.
            _events.Add((RunEventKind.HookFailed, failure.Message));
        }
        catch (DripException skipped) when (skipped.Code == HookRefusals.SkippedCode)
        {
            _shared.Execution.Log.LogInformation("Run {Run}: {Detail}", _shared.Execution.Run.Id, skipped.Message);
        }

        await FlushAsync().ConfigureAwait(false);

        async Task<bool> RecordAsync()
        {
            // First, so that no batch is recorded whose hook is forgotten.
            await TryAddAsync(status).ConfigureAwait(false);
            await record().ConfigureAwait(false);
            return true;
        }
    }

    // A batch has no state of its own before it runs, so what its after-hook follows is not to be lost: a batch that is not
    // committed begins anew. Only a failure is kept, in the batch's transaction.
    private async Task PassAsync(HookStatus status)
    {
        if (!_hooks.Has(HookTarget.Batch, status)) return;
        await TransitAsync(status, static () => Task.FromResult(true), _stop).ConfigureAwait(false);
        var after = HookPoint.Of(HookTarget.Batch, status, HookMoment.After);
        if (!_hooks.Set.Contains(after)) return;
        try
        {
            await _hooks.CallAsync(after, _batch!, null, _stop).ConfigureAwait(false);
        }
        catch (Exception error) when (!(error is OperationCanceledException && _stop.IsCancellationRequested))
        {
            var failed = _shared.Execution.Hooks.Failed(HookContexts.EntryOf(_batch!, status, Now), error);
            _failed.Add(failed);
            _events.Add((RunEventKind.HookFailed, $"{after} of batch {_batch!.Number}: {failed.Error} (it is tried again)"));
        }
    }

    private Task<bool> EnterAsync(HookStatus status, Func<Task<bool>> action) => EnterAsync(status, action, _stop);

    private async Task<bool> EnterAsync(HookStatus status, Func<Task<bool>> action, CancellationToken stop)
    {
        if (!await TransitAsync(status, action, stop).ConfigureAwait(false)) return false;
        var entry = EntryOf(status);
        if (entry is not null) await _shared.Execution.Hooks.DeliverAsync(Outbox, entry, _hooks, stop).ConfigureAwait(false);
        return true;
    }

    private async Task<bool> TransitAsync(HookStatus status, Func<Task<bool>> action, CancellationToken stop)
    {
        var batch = _batch!;
        var result = await Transition.RunAsync(
            _hooks.Set, HookTarget.Batch, status, (point, next) => _hooks.CallAsync(point, batch, next, stop), action, stop).ConfigureAwait(false);
        if (result.Late is { } late) _events.Add((RunEventKind.HookFailed, $"{late.Message} (in batch {batch.Number})"));
        if (result.End != TransitionEnd.Skipped) return result.End == TransitionEnd.Done;

        var skipped = HookRefusals.Skipped(HookPoint.Of(HookTarget.Batch, status, HookMoment.Around), batch);
        _events.Add((RunEventKind.HookSkipped, skipped.Message));
        throw skipped;
    }

    private async ValueTask AddAsync(HookStatus status, DbTransaction? transaction)
    {
        if (EntryOf(status) is { } entry) await Outbox.AddAsync(entry, transaction, transaction is null ? CancellationToken.None : _stop).ConfigureAwait(false);
    }

    private async ValueTask TryAddAsync(HookStatus status)
    {
        try
        {
            await AddAsync(status, null).ConfigureAwait(false);
        }
        catch (DripException problem)
        {
            // A disk that is full is what pauses a batch; its hook is called at once, and would be lost only if the process died now.
            _shared.Execution.Log.LogWarning("The after-hooks of a batch of run {Run} could not be written down: {Problem}", _shared.Execution.Run.Id, problem.Message);
        }
    }

    private OutboxEntry? EntryOf(HookStatus status) => _hooks.Set.Contains(HookPoint.Of(HookTarget.Batch, status, HookMoment.After))
        ? HookContexts.EntryOf(_batch!, status, Now).HeldBy(_shared.Execution.Parts.Worker, Now)
        : null;
}
