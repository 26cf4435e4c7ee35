using System.Diagnostics;
using System.Runtime.CompilerServices;
using Drip.Benchmarks.Batches;
using Drip.Benchmarks.Measuring;
using Drip.Generated;
using Drip.Hooks;

namespace Drip.Benchmarks.Hooks;

/// <summary>
/// What it costs to look whether there is a hook, and to call the one that there is, beyond the call itself: nanoseconds
/// per hook, and bytes.
/// </summary>
internal sealed class HookComparison : IComparison
{
    private const int Calls = 20_000_000;
    private static readonly HookPoint s_point = HookPoint.Of(HookTarget.Batch, HookStatus.Running, HookMoment.Before);

    public string Name => "hook dispatch";

    public Task<IReadOnlyList<Measure>> RunAsync(Scale scale, Scratch scratch)
    {
        var (one, none) = (new OneHook(), new NoHook());
        var batch = new BatchContext("run", "job", 1, null, 1L, 1);
        var hooked = HooksOf<OneHook>(one);
        var bare = HooksOf<NoHook>(none);
        List<double> looks = [], calls = [];
        long lookBytes = 0, callBytes = 0;
        for (var round = -scale.WarmUps; round < scale.Rounds; round++)
        {
            var (idle, _) = Measured(() => Idle(Calls));
            var (look, bytesOfLooks) = Measured(() => Dispatch(bare, batch, Calls));
            var (direct, _) = Measured(() => Direct(one, batch, Calls));
            var (dispatch, bytesOfCalls) = Measured(() => Dispatch(hooked, batch, Calls));
            if (round < 0) continue;
            looks.Add(look - idle);
            calls.Add(dispatch - direct);
            (lookBytes, callBytes) = (Math.Max(lookBytes, bytesOfLooks), Math.Max(callBytes, bytesOfCalls));
        }

        if (one.Calls != 2L * Calls * (scale.Rounds + scale.WarmUps)) throw new InvalidOperationException($"The hook was called {one.Calls} times.");
        return Task.FromResult<IReadOnlyList<Measure>>(
        [
            // A nanosecond is what two empty loops differ by.
            Measure.OfRounds("hook dispatch, none defined (more)", "an empty loop", [.. looks], 1, atMost: true) with { Unit = "ns" },
            new Measure("hook dispatch, none defined (more)", "an empty loop", (double)lookBytes / Calls, 0) { AtMost = true, Unit = "B" },
            Measure.OfRounds("hook dispatch, one defined (more)", "a direct call", [.. calls], 5, atMost: true) with { Unit = "ns" },
            new Measure("hook dispatch, one defined (more)", "a direct call", (double)callBytes / Calls, 0) { AtMost = true, Unit = "B" },
        ]);
    }

    private static JobHooks HooksOf<TJob>(TJob job) where TJob : class, IBackfill<TJob, Candidate> =>
        new(TJob.Hooks, () => new OwnHooks<TJob, Candidate>(job), null, NoServices.Instance);

    private static (double Nanoseconds, long Bytes) Measured(Action action)
    {
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        action();
        var elapsed = Stopwatch.GetElapsedTime(start).TotalNanoseconds / Calls;
        // The opening of the author's object, once, is no part of a call.
        return (elapsed, Math.Max(0, GC.GetAllocatedBytesForCurrentThread() - bytes - 1024));
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Idle(int calls)
    {
        for (var i = 0; i < calls; i++) Nothing();
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Direct(OneHook job, BatchContext batch, int calls)
    {
        for (var i = 0; i < calls; i++) job.BeforeBatchRunning(batch);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Dispatch(JobHooks hooks, BatchContext batch, int calls)
    {
        for (var i = 0; i < calls; i++)
        {
            if (!hooks.Set.Contains(s_point))
            {
                Nothing();
                continue;
            }

            var called = hooks.CallAsync(s_point, batch, null, CancellationToken.None);
            if (!called.IsCompletedSuccessfully) throw new InvalidOperationException("The hook waits.");
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Nothing()
    {
    }

    private sealed class NoServices : IServiceProvider
    {
        public static NoServices Instance { get; } = new();

        public object? GetService(Type serviceType) => null;
    }
}
