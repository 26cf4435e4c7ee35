using Drip.Chaos;
using Drip.Data;
using Drip.Generated;
using Drip.Leases;
using Drip.Partitions;
using Drip.Runs;
using Microsoft.Extensions.Logging;

namespace Drip.Batches;

/// <summary>
/// One execution of a backfill's run in one process: plan the partitions, walk them, prove that they cover everything.
/// A worker that only helps takes partitions that are free, or the upper half of one that is not, and leaves the rest to
/// the worker that has the run.
/// </summary>
internal sealed class BackfillRun<TJob, TRow>
    where TJob : class, IBackfill<TJob, TRow>
    where TRow : IModel<TRow>
{
    private readonly RunExecution _execution;
    private readonly SharedRun _shared;
    private readonly PartitionClaims<TRow> _claims;
    private readonly TJob _job;
    private readonly ITable<TRow> _table;

    private BackfillRun(RunExecution execution, SharedRun shared, TJob job, ITable<TRow> table)
    {
        (_execution, _shared, _job, _table) = (execution, shared, job, table);
        _claims = new PartitionClaims<TRow>(shared);
    }

    /// <summary>Executes the run. Errors are values here: whatever happens, the run is left in the state that the result says.</summary>
    public static Task<RunEnd> ExecuteAsync(RunExecution execution) =>
        OpenAsync(execution, isLead: true, async run =>
        {
            var keeper = new LeaseKeeper(
                execution.Time, execution.Leases, execution.Time.GetTimestamp(), run._shared.RenewAsync, execution.Log, $"run {execution.Run.Id}");
            await using (keeper.ConfigureAwait(false)) return await run.LeadAsync(keeper).ConfigureAwait(false);
        });

    /// <summary>Divides a run into partitions and claims none: its execution does that.</summary>
    public static async Task PlanAsync(RunExecution execution)
    {
        var retry = execution.Parts.RetryOn(execution.Database);
        if ((await ListAsync(execution, retry).ConfigureAwait(false)).Count > 0) return;
        var (_, table) = await OpenTableAsync(execution, retry).ConfigureAwait(false);
        await using (table.ConfigureAwait(false))
        {
            var bounds = await DivideAsync(execution, retry, table).ConfigureAwait(false);
            await retry.RunAsync(() => execution.Database.Cursors.PlanAsync(execution.Run.Id, bounds, null, execution.Abort).AsTask(), execution.Abort).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Works on partitions of a run that another worker has, until there are none to take. The result is failed if the run
    /// has to fail, and running otherwise.
    /// </summary>
    public static Task<RunEnd> HelpAsync(RunExecution execution) =>
        OpenAsync(execution, isLead: false, async run =>
        {
            await run.WalkPartitionsAsync().ConfigureAwait(false);
            return run.End(run._shared.Failure is null ? RunStatus.Running : RunStatus.Failed, run._shared.Failure);
        });

    private static async Task<RunEnd> OpenAsync(RunExecution execution, bool isLead, Func<BackfillRun<TJob, TRow>, Task<RunEnd>> work)
    {
        var retry = execution.Parts.RetryOn(execution.Database);
        var shared = new SharedRun(execution, retry, isLead);
        try
        {
            var (job, table) = await OpenTableAsync(execution, retry).ConfigureAwait(false);
            await using (table.ConfigureAwait(false)) return await work(new BackfillRun<TJob, TRow>(execution, shared, job, table)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (execution.Abort.IsCancellationRequested)
        {
            return new RunEnd(RunStatus.Running, shared.Counters);
        }
        catch (Exception error)
        {
            return Trouble.EndOf(error, execution.Database, shared.Counters, element: null);
        }
    }

    private static async Task<Opened> OpenTableAsync(RunExecution execution, Retry retry)
    {
        var job = TJob.Create(execution.Services, execution.Held.Request.Options.Values);
        var scope = job.GetScope();
        return new Opened(job, await retry.RunAsync(() => execution.Database.OpenAsync(scope, execution.Abort).AsTask(), execution.Abort).ConfigureAwait(false));
    }

    private async Task<RunEnd> LeadAsync(LeaseKeeper lease)
    {
        var cursors = await PlanAsync().ConfigureAwait(false);
        _shared.Begin(cursors);
        _shared.Total = TotalCount.Start(_shared, _table);
        await using (_shared.Total.ConfigureAwait(false))
        {
            _shared.Report();
            while (true)
            {
                await WalkPartitionsAsync().ConfigureAwait(false);
                cursors = await _claims.ListAsync().ConfigureAwait(false);
                await CountQuarantinedAsync(cursors).ConfigureAwait(false);
                await _shared.TellRestAsync(IsAtLimit ? cursors : cursors.Where(cursor => cursor.IsOver)).ConfigureAwait(false);
                if (_shared.Failure is { } failure) return await FailAsync(failure).ConfigureAwait(false);
                if (cursors.All(cursor => cursor.IsOver) || IsAtLimit) return Complete(cursors);
                if (cursors.FirstOrDefault(_claims.IsPoisoned) is { } poisoned) return await FailAsync(await PoisonedAsync(poisoned).ConfigureAwait(false)).ConfigureAwait(false);
                if (_shared.Request is { } request && _claims.OwnedByOthers(cursors) == 0) return await ObeyAsync(request, cursors).ConfigureAwait(false);
                if (_execution.Drain.IsCancellationRequested)
                {
                    FailPoint.Hit(FailPoints.Drain);
                    return End(RunStatus.Running);
                }

                // What is left is other workers' by now: they finish it, or their leases run out.
                if (!await _shared.Retry.RunAsync(() => lease.EnsureAsync(_execution.Abort), _execution.Abort).ConfigureAwait(false)) throw Lease.Lost(_execution.Run.Id);
                await WaitAsync(lease).ConfigureAwait(false);
                await _shared.LookAsync().ConfigureAwait(false);
            }
        }
    }

    // Where no row ever failed, and no batch that was rolled back said otherwise, there is nothing to count.
    private async Task CountQuarantinedAsync(IReadOnlyList<Cursor> cursors)
    {
        if (_shared.Counters.Quarantined == 0 && cursors.All(static cursor => cursor.Quarantined == 0)) return;
        await _shared.Retry.RunAsync(CountAsync, _execution.Abort).ConfigureAwait(false);

        async Task CountAsync() => _shared.Quarantined(await _execution.Database.Quarantine.CountAsync(_execution.Run.Id, _execution.Abort).ConfigureAwait(false));
    }

    // Rows that are to be tried again are below the limit.
    private bool IsAtLimit => _execution.Run.Limit is { } limit && _shared.Scanned >= limit && !_shared.HasRetries;

    private async Task<IReadOnlyList<Cursor>> PlanAsync()
    {
        var cursors = _execution.Held.TakenUp || _execution.Held.IsPlanned ? await ListAsync(_execution, _shared.Retry).ConfigureAwait(false) : [];
        if (cursors.Count > 0) return cursors;
        var bounds = await DivideAsync(_execution, _shared.Retry, _table).ConfigureAwait(false);
        var tries = 0;
        cursors = await _shared.Retry.RunAsync(PlanAsync, _execution.Abort).ConfigureAwait(false);

        // What was claimed with a plan whose answer did not arrive is older than this worker knows; it is claimed once more.
        if (tries == 1 && cursors[0].Owner == _execution.Owner) _claims.Begin(cursors[0]);
        return cursors;

        Task<IReadOnlyList<Cursor>> PlanAsync()
        {
            tries++;
            return _execution.Database.Cursors.PlanAsync(_execution.Run.Id, bounds, _shared.Claim, _execution.Abort).AsTask();
        }
    }

    private static Task<IReadOnlyList<Cursor>> ListAsync(RunExecution execution, Retry retry) =>
        retry.RunAsync(() => execution.Database.Cursors.ListAsync(execution.Run.Id, execution.Abort).AsTask(), execution.Abort);

    private static async Task<IReadOnlyList<Key>> DivideAsync(RunExecution execution, Retry retry, ITable<TRow> table)
    {
        IReadOnlyList<Key> bounds = execution.Run.Partitions == 1
            ? []
            : await retry.RunAsync(() => table.DivideAsync(execution.Run.Partitions, execution.Abort).AsTask(), execution.Abort).ConfigureAwait(false);
        FailPoint.Hit(FailPoints.Planning);
        return bounds;
    }

    // As many walks at a time as this process was told, each with an object of the author's and a table of its own. A single
    // one stays on this thread.
    private async Task WalkPartitionsAsync()
    {
        if (_execution.Parallel == 1)
        {
            await WalkOneByOneAsync(_job, _table).ConfigureAwait(false);
            return;
        }

        var walks = new Task[_execution.Parallel];
        for (var i = 0; i < walks.Length; i++) walks[i] = _execution.Parts.Threads.Beside(OpenAndWalkAsync);
        await Task.WhenAll(walks).ConfigureAwait(false);
    }

    private async Task OpenAndWalkAsync()
    {
        var (job, table) = await OpenTableAsync(_execution, _shared.Retry).ConfigureAwait(false);
        await using (table.ConfigureAwait(false)) await WalkOneByOneAsync(job, table).ConfigureAwait(false);
    }

    private async Task WalkOneByOneAsync(TJob job, ITable<TRow> table)
    {
        while (!_shared.IsLeaving && !IsAtLimit)
        {
            var claimedAt = _execution.Time.GetTimestamp();
            if (await _claims.TakeAsync(table).ConfigureAwait(false) is not { } cursor) return;
            try
            {
                await PartitionWalk<TJob, TRow>.WalkAsync(_shared, job, table, cursor, claimedAt).ConfigureAwait(false);
            }
            catch (DripException lost) when (lost.Code == "lease-lost" && _execution.Run.Partitions > 1)
            {
                // The partition is another's, and the run may still be this worker's: what there is to do is looked at anew.
                _execution.Log.LogWarning("Partition {Partition} of run {Run} was taken from this worker.", cursor.Partition, cursor.Run);
                await _shared.LookAsync().ConfigureAwait(false);
            }
            finally
            {
                _claims.Leave(cursor);
            }
        }
    }

    private async Task WaitAsync(LeaseKeeper lease)
    {
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(_execution.Drain, _execution.Abort, lease.Lost);
        try
        {
            await _execution.Parts.Threads.Wait(_execution.Leases.Poll, _execution.Time, leave.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!_execution.Abort.IsCancellationRequested)
        {
            // Told to leave, or the run is lost: the caller sees which.
        }
    }

    private RunEnd Complete(IReadOnlyList<Cursor> cursors)
    {
        // A run with a limit was a trial and covers nothing on purpose.
        if (_execution.Run.Limit is null) Coverage.Prove(_execution.Run.Id, cursors);
        FailPoint.Hit(FailPoints.Finishing);

        // The scope was walked to its end, so what was scanned is the total, whatever a count at the beginning said.
        var counters = _shared.Counters with { Total = _shared.Scanned };
        return new FailureLimit(TJob.Info).IsPassed(counters.Quarantined, counters)
            ? new RunEnd(RunStatus.Failed, counters, Trouble.Describe(Refusals.TooManyFailures(_execution.Run, counters), null))
            : new RunEnd(RunStatus.Completed, counters);
    }

    // Where nothing is left to do there is nothing to keep the run from.
    private async Task<RunEnd> ObeyAsync(RunRequestKind request, IReadOnlyList<Cursor> cursors)
    {
        FailPoint.Hit(request == RunRequestKind.Pause ? FailPoints.Pausing : FailPoints.Stopping);
        foreach (var cursor in cursors)
        {
            if (cursor.Retries > 0 || !cursor.IsDone && await HasAnyAsync(cursor.Rest).ConfigureAwait(false))
                return End(request == RunRequestKind.Pause ? RunStatus.Paused : RunStatus.Stopped);
        }

        await _shared.TellRestAsync(cursors).ConfigureAwait(false);
        return new RunEnd(RunStatus.Completed, _shared.Counters with { Total = _shared.Scanned });
    }

    private Task<bool> HasAnyAsync(KeyRange range) =>
        _shared.Retry.RunAsync(() => _table.HasAnyAsync(range, _execution.Abort).AsTask(), _execution.Abort);

    // Whoever works on another partition of a run that has failed commits nothing more.
    private async Task<RunEnd> FailAsync(RunError failure)
    {
        if (_execution.Run.Partitions > 1) await _shared.Retry.RunAsync(FenceAsync, _execution.Abort).ConfigureAwait(false);
        FailPoint.Hit(FailPoints.Failing);
        return End(RunStatus.Failed, failure);

        Task FenceAsync() => _execution.Database.Cursors.FenceAsync(_execution.Run.Id, _execution.Run.Epoch + 1, _execution.Abort).AsTask();
    }

    private async Task<RunError> PoisonedAsync(Cursor cursor)
    {
        await _shared.LogAsync(RunEventKind.Poisoned, $"partition {cursor.Partition}").ConfigureAwait(false);
        return Trouble.Describe(Refusals.Poisoned(cursor), cursor.After?.ToString());
    }

    private RunEnd End(RunStatus status, RunError? error = null) => new(status, _shared.Counters, error, _shared.FailureCause);

    private sealed class Opened(TJob job, ITable<TRow> table)
    {
        public void Deconstruct(out TJob opened, out ITable<TRow> on) => (opened, on) = (job, table);
    }
}
