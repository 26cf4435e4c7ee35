using Drip.Batches;
using Drip.Hooks;
using Drip.Runs;
using Drip.Store;
using Microsoft.Extensions.Logging;

namespace Drip.Workers;

/// <summary>How a worker that waits for work is set up.</summary>
/// <param name="Concurrency">How many runs, or partitions of runs, it works on at the same time.</param>
/// <param name="UntilIdle">Whether it leaves when nothing is left to do.</param>
public sealed record WorkSettings(int Concurrency = 1, bool UntilIdle = false);

/// <summary>What a worker that waits for work tells of.</summary>
/// <param name="Run">The run, as it was then.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Problem">What went wrong; null if nothing did.</param>
public sealed record WorkNews(Run Run, WorkNewsKind Kind, DripException? Problem = null);

/// <summary>What can happen to a worker that waits for work.</summary>
public enum WorkNewsKind
{
    /// <summary>It took a run.</summary>
    Taken,
    /// <summary>It helped with partitions of a run that another worker has.</summary>
    Helped,
    /// <summary>It is done with a run that it had taken.</summary>
    Ended,
    /// <summary>It cannot work on a run: the job is unknown here, an option's value is secret, or a hook does not let it.</summary>
    CannotTake,
}

/// <summary>
/// A worker that waits for work: it takes runs that are enqueued, goes on with those whose worker is gone, and helps with the
/// partitions of others. Polling, with jitter, is all that it relies on: a store's hint that there is work only ends a wait
/// sooner. Nothing depends on one worker more than on another.
/// </summary>
internal sealed class WorkLoop(Engine engine, IRunStore store, TimeProvider time, ILogger log, WorkSettings settings, Action<WorkNews>? news)
{
    /// <summary>How long a run that was paused because something was wrong with the machine rests before it is tried again.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    /// <summary>How long a slot takes runs behind the last that it took, before it looks at those before it, too.</summary>
    private static readonly TimeSpan Forward = TimeSpan.FromSeconds(30);

    private readonly Wakes _wakes = new(engine.Threads);
    private readonly Lock _lock = new();
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taking = new(StringComparer.Ordinal);
    private readonly HashSet<string> _heldBack = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _resting = new(StringComparer.Ordinal);

    /// <summary>Works until told to leave, or until nothing is left to do where the settings say so.</summary>
    public async Task RunAsync(CancellationToken drain, CancellationToken abort)
    {
        // What is wrong with the store at the start is told at once; later it is waited out.
        try
        {
            await store.FindWorkAsync(null, 1, drain).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (drain.IsCancellationRequested)
        {
            return;
        }

        var listener = settings.UntilIdle ? null : await ListenAsync(drain).ConfigureAwait(false);
        try
        {
            await WorkInSlotsAsync(drain, abort).ConfigureAwait(false);
        }
        finally
        {
            if (listener is not null) await listener.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<IAsyncDisposable?> ListenAsync(CancellationToken drain)
    {
        try
        {
            return await store.ListenAsync(_wakes.Wake, drain).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (drain.IsCancellationRequested)
        {
            return null;
        }
        catch (DripException problem)
        {
            log.LogWarning("This worker is not told of new work and looks for it from time to time: {Problem}", problem.Message);
            return null;
        }
    }

    private async Task WorkInSlotsAsync(CancellationToken drain, CancellationToken abort)
    {
        if (settings.Concurrency == 1)
        {
            await WorkAsync(drain, abort).ConfigureAwait(false);
            return;
        }

        var slots = new Task[settings.Concurrency];
        for (var i = 0; i < slots.Length; i++) slots[i] = engine.Threads.Beside(() => WorkAsync(drain, abort));
        await Task.WhenAll(slots).ConfigureAwait(false);
    }

    private async Task WorkAsync(CancellationToken drain, CancellationToken abort)
    {
        var slot = new Slot(time);
        while (!drain.IsCancellationRequested)
        {
            var found = Found.Work;
            try
            {
                if (!await TakeNextAsync(slot, drain, abort).ConfigureAwait(false)) found = await LookAsync(drain, abort).ConfigureAwait(false);
                if (found != Found.Work) await engine.DeliverDueAsync(abort).ConfigureAwait(false);
                if (found == Found.Nothing && settings.UntilIdle) return;
            }
            catch (OperationCanceledException) when (drain.IsCancellationRequested || abort.IsCancellationRequested)
            {
                return;
            }
            catch (DripException problem)
            {
                // A store that is busy or away comes back, and a worker that leaves because of it would have to be started again.
                log.LogWarning("The store could not be asked for work: {Problem} {Remedy}", problem.Message, problem.Remedy);
                found = Found.Others;
            }

            if (found == Found.Work) continue;
            try
            {
                await _wakes.WaitAsync(engine.Leases.Poll * (0.75 + engine.Random.NextDouble() / 2), time, drain).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private enum Found { Work, Others, Nothing }

    /// <summary>Where one slot is in the queue: behind the last run that it took.</summary>
    private sealed class Slot(TimeProvider time)
    {
        private long _fromBeginning = time.GetTimestamp();

        public string? After { get; set; }

        public bool IsOld => After is not null && time.GetElapsedTime(_fromBeginning) >= Forward;

        public void Restart() => (After, _fromBeginning) = (null, time.GetTimestamp());
    }

    // A run that is enqueued again lies before those that were taken since, so that what is behind them is not all.
    private async Task<bool> TakeNextAsync(Slot slot, CancellationToken drain, CancellationToken abort)
    {
        if (slot.IsOld) slot.Restart();
        var run = await engine.TakeNextAsync(slot.After, abort).ConfigureAwait(false);
        if (run is null && slot.After is not null)
        {
            slot.Restart();
            run = await engine.TakeNextAsync(null, abort).ConfigureAwait(false);
        }

        if (run is null) return false;
        slot.After = run.Id;
        lock (_lock) _taking.Add(run.Id);
        try
        {
            var held = await engine.HoldAsync(run, abort).ConfigureAwait(false);
            news?.Invoke(new WorkNews(held.Run, WorkNewsKind.Taken));
            await ExecuteAsync(held, drain, abort).ConfigureAwait(false);
        }
        catch (DripException problem) when (problem.Kind == DripErrorKind.Usage)
        {
            Refuse(run, problem);
        }
        finally
        {
            lock (_lock) _taking.Remove(run.Id);
        }

        return true;
    }

    private async Task<Found> LookAsync(CancellationToken drain, CancellationToken abort)
    {
        var found = Found.Nothing;
        string? after = null;
        while (true)
        {
            var runs = await store.FindWorkAsync(after, cancellationToken: drain).ConfigureAwait(false);
            if (runs.Count == 0) return found;
            foreach (var run in runs)
            {
                if (IsRefused(run)) continue;
                if (await WorkOnAsync(run, drain, abort).ConfigureAwait(false)) return Found.Work;
                if (run.Status != RunStatus.Paused && !IsHeldBack(run)) found = Found.Others;
            }

            after = runs[^1].Id;
        }
    }

    private async Task<bool> WorkOnAsync(Run run, CancellationToken drain, CancellationToken abort)
    {
        try
        {
            if (!engine.IsGone(run)) return run is { Partitions: > 1, Status: RunStatus.Running, Request: null } && await HelpAsync(run, drain, abort).ConfigureAwait(false);
            if (IsResting(run)) return false;
            return await TakeAsync(run, drain, abort).ConfigureAwait(false);
        }
        catch (DripException problem) when (problem.Kind == DripErrorKind.Usage)
        {
            Refuse(run, problem);
            return false;
        }
    }

    private async Task<bool> TakeAsync(Run run, CancellationToken drain, CancellationToken abort)
    {
        lock (_lock)
        {
            // Another slot of this process is about to take it.
            if (!_taking.Add(run.Id)) return false;
        }

        try
        {
            if (await engine.TryTakeAsync(run, drain).ConfigureAwait(false) is not { } held) return false;
            lock (_lock) _heldBack.Remove(run.Id);
            news?.Invoke(new WorkNews(held.Run, WorkNewsKind.Taken));
            await ExecuteAsync(held, drain, abort).ConfigureAwait(false);
            return true;
        }
        catch (DripException problem) when (HookRefusals.IsOne(problem))
        {
            LetRest(run, problem);
            news?.Invoke(new WorkNews(run, WorkNewsKind.CannotTake, problem));
            return false;
        }
        finally
        {
            lock (_lock) _taking.Remove(run.Id);
        }
    }

    private async Task ExecuteAsync(Jobs.HeldRun held, CancellationToken drain, CancellationToken abort)
    {
        try
        {
            var ended = await engine.ExecuteOneByOneAsync(held, drain, abort).ConfigureAwait(false);
            news?.Invoke(new WorkNews(ended, WorkNewsKind.Ended));
        }
        catch (DripException problem)
        {
            // The run is left as it is, to be taken up by whoever can; here it rests first.
            LetRest(held.Run, problem);
            var run = await store.FindAsync(held.Run.Id, CancellationToken.None).ConfigureAwait(false) ?? held.Run;
            news?.Invoke(new WorkNews(run, WorkNewsKind.Ended, problem));
        }
    }

    private async Task<bool> HelpAsync(Run run, CancellationToken drain, CancellationToken abort)
    {
        if (!await engine.HelpAsync(run, drain, abort).ConfigureAwait(false)) return false;
        news?.Invoke(new WorkNews(run, WorkNewsKind.Helped));
        return true;
    }

    // What a hook holds back it would hold back again at once, and a worker that is to leave when it is idle does not wait for it.
    private void LetRest(Run run, DripException problem)
    {
        lock (_lock)
        {
            _resting[run.Id] = time.GetTimestamp();
            if (HookRefusals.IsOne(problem)) _heldBack.Add(run.Id);
        }
    }

    private void Refuse(Run run, DripException problem)
    {
        lock (_lock) _refused.Add(run.Id);
        news?.Invoke(new WorkNews(run, WorkNewsKind.CannotTake, problem));
    }

    private bool IsHeldBack(Run run)
    {
        lock (_lock) return _heldBack.Contains(run.Id);
    }

    private bool IsRefused(Run run)
    {
        lock (_lock) return _refused.Contains(run.Id);
    }

    private bool IsResting(Run run)
    {
        lock (_lock)
        {
            if (_resting.TryGetValue(run.Id, out var since)) return time.GetElapsedTime(since) < Rest;
            if (run.Status == RunStatus.Paused) _resting[run.Id] = time.GetTimestamp();
            return run.Status == RunStatus.Paused;
        }
    }
}
