using Drip.Producers.Versions;

namespace Drip.Producers.Scheduling;

/// <summary>
/// Runs what is ready, as the author's code ends and as its changes make more ready: on the thread pool or, one after the other, on the
/// caller. One lock guards everything; the author's code runs without it. Nothing is polled: what happens last starts what comes next.
/// </summary>
internal sealed class Scheduler : IThreadPoolWorkItem
{
    // Records begin only when there is room, so that a million of them are no million instances; steps that await make room at once.
    private const int ReadyAtMost = 64;

    private readonly ReadyQueue _ready;
    private readonly PipelineRun[] _pipelines;
    private readonly CancellationTokenSource _cancellation = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _wake = new();
    private readonly ExecutionContext? _surroundings = ExecutionContext.Capture();
    private readonly int _limit;
    private int _running;
    private bool _isWorkerCalled;
    private bool _isStopped;

    public Scheduler(RunEnvironment context, Selection selection)
    {
        Context = context;
        _limit = IsSynchronous ? 1 : context.Options.Concurrency > 0 ? context.Options.Concurrency : int.MaxValue;
        _ready = new ReadyQueue(IsSynchronous);
        Steps = new StepEnds(this);
        Retries = new StepRetries(this);
        _pipelines = new PipelineRun[context.Plan.Pipelines.Count];
        for (var index = 0; index < _pipelines.Length; index++) _pipelines[index] = new PipelineRun(this, index, selection);
    }

    public RunEnvironment Context { get; }

    public StepEnds Steps { get; }

    public StepRetries Retries { get; }

    public RunOutcomes Outcomes { get; } = new();

    public IReadOnlyList<PipelineRun> Pipelines => _pipelines;

    public bool IsSynchronous => Context.Options.Synchronous;

    /// <summary>Cancelled when the run is.</summary>
    public CancellationToken Token => _cancellation.Token;

    /// <summary>Whether the caller cancelled the run.</summary>
    public bool IsCancelled { get; private set; }

    /// <summary>Whether nothing starts any more.</summary>
    public bool IsStopped => _isStopped;

    /// <summary>What ended the run before its time.</summary>
    public Exception? Fatal { get; private set; }

    /// <summary>Whether further records may begin. Under the lock.</summary>
    public bool HasRoom => !_isStopped && _ready.Count < (IsSynchronous ? 1 : ReadyAtMost);

    /// <summary>Runs everything; complete when nothing is left to do.</summary>
    public Task RunAsync()
    {
        lock (Context.Tables.Sync)
        {
            if (!_isStopped)
            {
                foreach (var pipeline in _pipelines) Guarded(pipeline.Start);
            }

            CallWorker();
        }

        if (IsSynchronous) WorkHere();
        return _ended.Task;
    }

    /// <summary>Adds work that is ready. Under the lock.</summary>
    public void Enqueue(Work work)
    {
        if (_isStopped) work.Dropped();
        else _ready.Add(work);
    }

    /// <summary>Lets a worker look for work, or find that there is none any more. Under the lock.</summary>
    public void CallWorker()
    {
        if (IsSynchronous)
        {
            _wake.Set();
        }
        else if (!_isWorkerCalled && _running < _limit)
        {
            _isWorkerCalled = true;
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    /// <summary>Ends a try from outside; false if it has ended by itself.</summary>
    public bool GiveUp(StepRun run, Exception error)
    {
        lock (Context.Tables.Sync)
        {
            if (run.IsOver) return false;
            run.Error = error;
            Finish(run);
            CallWorker();
            return true;
        }
    }

    /// <summary>Goes on with what waited for the disk.</summary>
    public void Settled(Action release)
    {
        lock (Context.Tables.Sync)
        {
            _running--;
            Guarded(release);
            CallWorker();
        }
    }

    /// <summary>Keeps the run from ending until <see cref="Settled"/>. Under the lock.</summary>
    public void Unsettled() => _running++;

    /// <summary>Cancels the run.</summary>
    public void Cancel()
    {
        lock (Context.Tables.Sync)
        {
            IsCancelled = true;
            Stop();
        }

        CancelTokens();
    }

    /// <summary>Ends the run with an error.</summary>
    public void Fail(Exception error)
    {
        lock (Context.Tables.Sync)
        {
            Fatal ??= error is LogFailedException { InnerException: { } inner } ? inner : error;
            Stop();
        }

        // Without the lock, and not on the way of whoever found the error: the author's callbacks run here.
        ThreadPool.UnsafeQueueUserWorkItem(static self => self.CancelTokens(), this, preferLocal: false);
    }

    /// <summary>Tells those whom it concerns what a version changed. Under the lock.</summary>
    public void Changed(RecordChange[] changes, ReadOnlySpan<int> slots)
    {
        for (var i = 0; i < changes.Length; i++)
        {
            ref readonly var change = ref changes[i];
            if (change.Model == Context.Tables.Steps.Model) continue;
            foreach (var pipeline in _pipelines)
            {
                if (change.Kind == RecordChangeKind.Create && pipeline.Plan.Each == change.Model) pipeline.Join(slots[i]);
                pipeline.Changed(change.Model, Context.Tables.Version);
            }
        }
    }

    /// <summary>Where the run stands. Under the lock.</summary>
    public (long Waiting, int Running) Load()
    {
        var waiting = (long)_ready.Count;
        foreach (var pipeline in _pipelines) waiting += pipeline.Waiting;
        return (waiting, _running);
    }

    void IThreadPoolWorkItem.Execute()
    {
        Work? work = null;
        try
        {
            lock (Context.Tables.Sync)
            {
                _isWorkerCalled = false;
                if (!TryTake(out work)) return;
            }

            while (work is not null) work = RunAndTake(work);
        }
        catch (Exception error)
        {
            // The scheduler's own mistake: the run ends with it, and does not hang.
            Fail(error);
        }
    }

    private void WorkHere()
    {
        while (!_ended.Task.IsCompleted)
        {
            Work? work;
            lock (Context.Tables.Sync)
            {
                _wake.Reset();
                TryTake(out work);
            }

            if (work is null)
            {
                if (!_ended.Task.IsCompleted) _wake.Wait();
                continue;
            }

            while (work is not null)
            {
                work = RunAndTake(work);
                Context.Stream.DrainPushedAsync(Outcomes.AddStreamError).GetAwaiter().GetResult();
            }
        }
    }

    private Work? RunAndTake(Work work)
    {
        var hasEnded = Run(work);
        if (hasEnded) work.Prepare();
        lock (Context.Tables.Sync)
        {
            if (hasEnded) Finish(work);
            TryTake(out var next);
            return next;
        }
    }

    /// <summary>Calls the author's code; false if it has not ended yet.</summary>
    private bool Run(Work work)
    {
        try
        {
            // What one step leaves in the surroundings is nothing to the next one.
            if (_surroundings is not null) ExecutionContext.Restore(_surroundings);
            var call = work.InvokeAsync();
            if (!call.IsCompleted)
            {
                Await(work, call);
                return false;
            }

            call.GetAwaiter().GetResult();
        }
        catch (Exception error)
        {
            work.Error = error;
        }

        return true;
    }

    private void Await(Work work, ValueTask call)
    {
        var awaiter = call.ConfigureAwait(false).GetAwaiter();
        awaiter.UnsafeOnCompleted(() =>
        {
            Exception? thrown = null;
            try
            {
                awaiter.GetResult();
            }
            catch (Exception error)
            {
                thrown = error;
            }

            if (thrown is null) work.Prepare();
            lock (Context.Tables.Sync)
            {
                if (!work.IsOver) work.Error = thrown;
                Finish(work);
                CallWorker();
            }
        });
    }

    /// <summary>Takes a result. Under the lock.</summary>
    private void Finish(Work work)
    {
        if (work.IsOver) return;
        work.IsOver = true;
        _running--;
        try
        {
            if (work.Error is LogFailedException failed) Fail(failed);
            work.Finished();
        }
        catch (Exception error)
        {
            Fail(error);
        }

        Context.Tables.Unpin(work.Pin!);
    }

    private void Guarded(Action change)
    {
        try
        {
            change();
        }
        catch (Exception error)
        {
            Fail(error);
        }
    }

    /// <summary>Takes the work whose turn it is; ends the run if there is none and none can come. Under the lock.</summary>
    private bool TryTake(out Work? work)
    {
        work = null;
        try
        {
            while (_running < _limit)
            {
                Refill();
                if (!_ready.TryTake(out var next)) break;
                if (!Begins(next!)) continue;
                work = next;
                if (_ready.Count > 0) CallWorker();
                return true;
            }
        }
        catch (Exception error)
        {
            // The log could not write, or an observer threw.
            Fail(error);
        }

        EndIfDone();
        return false;
    }

    private bool Begins(Work work)
    {
        if (work is StepRun { Instance.IsHalted: true })
        {
            work.Dropped();
            return false;
        }

        if (work.IsRecordGone)
        {
            work.IsOver = true;
            work.PassedOver();
            return false;
        }

        work.Taken();
        _running++;
        return true;
    }

    private void Refill()
    {
        if (!HasRoom) return;
        foreach (var pipeline in _pipelines) pipeline.Refill();
    }

    private void EndIfDone()
    {
        if (_running > 0 || Retries.Pending > 0) return;
        if (_ready.Count > 0) return;
        _isStopped = true;
        _ended.TrySetResult();
        _wake.Set();
    }

    private void Stop()
    {
        _isStopped = true;
        while (_ready.TryTake(out var work)) work!.Dropped();
        Guarded(Retries.GiveUp);
        CallWorker();
    }

    private void CancelTokens()
    {
        try
        {
            _cancellation.Cancel();
        }
        catch (AggregateException errors)
        {
            // What the author registered with the token threw.
            Outcomes.AddTimerError(errors);
        }
    }
}
