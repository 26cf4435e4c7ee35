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
/// partitions of others. Polling, with jitter, is all there is to it; nothing depends on one worker more than on another.
/// </summary>
internal sealed class WorkLoop(Engine engine, IRunStore store, TimeProvider time, ILogger log, WorkSettings settings, Action<WorkNews>? news)
{
    /// <summary>How long a run that was paused because something was wrong with the machine rests before it is tried again.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

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
        while (!drain.IsCancellationRequested)
        {
            var found = Found.Work;
            try
            {
                found = await LookAsync(drain, abort).ConfigureAwait(false);
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
                await engine.Threads.Wait(engine.Leases.Poll * (0.75 + engine.Random.NextDouble() / 2), time, drain).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private enum Found { Work, Others, Nothing }

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
            lock (_lock) _refused.Add(run.Id);
            news?.Invoke(new WorkNews(run, WorkNewsKind.CannotTake, problem));
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
