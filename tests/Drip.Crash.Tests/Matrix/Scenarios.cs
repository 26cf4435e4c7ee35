using Drip.Chaos;
using Drip.Sqlite;

namespace Drip.Crash.Tests.Matrix;

/// <summary>For each place at least one way to come there.</summary>
internal static class Scenarios
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        .. Enumerable.Range(1, SqliteMigrations.All.Count).Select(step => new Scenario(FailPoints.Migration, "run raise-rows") { Nth = step, HoldsLock = true }),
        new(FailPoints.ProgressTables, "run raise-rows") { HoldsLock = true },

        new(FailPoints.BeforeClaim, "run raise-rows") { LateWords = Faster },
        new(FailPoints.BeforeClaim, "worker --drain") { Before = Enqueue("raise-rows"), LateExitCode = 0, LateWords = null },
        new(FailPoints.RunClaimed, "run raise-rows"),
        new(FailPoints.RunClaimed, "worker --drain") { Before = Enqueue("raise-divided"), LateExitCode = 0 },
        new(FailPoints.Rescue, "run raise-rows") { Before = LeaveBehind("raise-rows"), LateWords = Faster },
        new(FailPoints.Reopening, "retry RUN") { Poison = [77], IsMended = true, Before = FailAndMend, LateExitCode = 2, LateWords = "there is nothing to retry" },
        new(FailPoints.Fencing, "pause RUN --force") { Company = Asked, LateExitCode = 2, LateWords = "is completed, so it cannot be paused" },

        new(FailPoints.Planning, "worker --drain") { Before = Enqueue("raise-divided"), LateExitCode = 0 },
        new(FailPoints.HalfPlanned, "run raise-divided") { Nth = 2, HoldsLock = true },
        new(FailPoints.PartitionClaim, "worker --drain") { Nth = 2, Before = Enqueue("raise-divided"), LateExitCode = 0 },
        new(FailPoints.PartitionRescue, "worker --drain") { Before = LeaveBehind("raise-divided"), LateExitCode = 0 },
        new(FailPoints.Stealing, "worker --drain") { Company = Divided, HoldsLock = true },
        new(FailPoints.Stolen, "worker --drain") { Company = Divided, LateExitCode = 0, LateTable = "drip_event" },

        new(FailPoints.Claimed, "run raise-rows"),
        new(FailPoints.Claimed, "worker --drain") { Nth = 3, Before = Enqueue("raise-divided"), LateExitCode = 0 },
        new(FailPoints.UserCode, "run raise-rows") { Nth = 3, HoldsLock = true },
        new(FailPoints.DataWritten, "run raise-rows") { Nth = 3, HoldsLock = true },
        new(FailPoints.DataWritten, "run raise-batches") { Nth = 10, HoldsLock = true },
        new(FailPoints.Commit, "run raise-rows") { Nth = 3, HoldsLock = true },
        new(FailPoints.Commit, "run raise-divided") { Nth = 7, HoldsLock = true },
        new(FailPoints.Committed, "run raise-rows") { Nth = 3 },
        new(FailPoints.Committed, "run raise-batches") { Nth = 10 },
        new(FailPoints.Committed, "worker --drain") { Nth = 7, Before = Enqueue("raise-divided"), LateExitCode = 0 },
        new(FailPoints.PartitionDone, "run raise-rows"),
        new(FailPoints.PartitionDone, "worker --drain") { Nth = 2, Before = Enqueue("raise-divided"), LateExitCode = 0 },

        new(FailPoints.Isolating, "run raise-sound") { Nth = 4, Poison = Few, HoldsLock = true },
        new(FailPoints.Quarantined, "run raise-sound") { Nth = 2, Poison = Few, HoldsLock = true },
        new(FailPoints.Retrying, "retry RUN") { Nth = 2, Poison = Few, Before = QuarantineAndMend, HoldsLock = true, Successor = "resume RUN" },

        new(FailPoints.Finishing, "run raise-rows"),
        new(FailPoints.Finishing, "worker --drain") { Before = Enqueue("raise-divided"), LateExitCode = 0 },
        new(FailPoints.Failing, "worker --drain") { Poison = [77], IsMended = true, Before = Enqueue("raise-strictly"), LateExitCode = 0 },
        new(FailPoints.Pausing, Asked) { Meanwhile = AskOnce("pause RUN"), Successor = "resume RUN" },
        new(FailPoints.Stopping, Asked) { Meanwhile = AskOnce("stop RUN"), Successor = "resume RUN" },
        new(FailPoints.Drain, Asked) { Meanwhile = TerminateOnceAtWork },
        new(FailPoints.LeaseRenewal, "run raise-slowly --sleep 60ms") { Nth = 3 },

        new(FailPoints.HookDue, "run raise-hooked") { Nth = 3, LateTable = "outbox" },
        new(FailPoints.HookDue, "run raise-hooked") { Nth = 11, LateTable = "outbox", Successor = "worker --drain", LateExitCode = 0, LateWords = null },
        new(FailPoints.HookCalled, "run raise-hooked") { Nth = 3, LateTable = "outbox" },
        new(FailPoints.HookCalled, "run raise-hooked") { Nth = 11, LateTable = "outbox", Successor = "worker --drain", LateExitCode = 0, LateWords = null },

        new(FailPoints.Pruning, "run raise-rows --batch-size 1") { Items = 1200, HoldsLock = true },
        new(FailPoints.Checkpointing, "run raise-rows --batch-size 1") { Items = 1200 },
        new(FailPoints.Closing, "run raise-rows") { Successor = "worker --drain", LateExitCode = 0, LateWords = null },

        .. Extra(FailPoints.Committed, "run raise-rows", holdsLock: false, 1, 2, 9, 10),
        .. Extra(FailPoints.Commit, "run raise-batches", holdsLock: true, 1, 2, 9, 10),
        .. Extra(FailPoints.UserCode, "run raise-batches", holdsLock: true, 1, 2, 9, 10),
        .. Extra(FailPoints.DataWritten, "run raise-rows", holdsLock: true, 1, 2, 9, 10),
        .. Extra(FailPoints.LeaseRenewal, "run raise-slowly --sleep 60ms", holdsLock: false, 1, 2, 4),
    ];

    // Slow enough for a machine that is busy: who asks has two seconds to be heard.
    private const string Asked = "run raise-slowly --sleep 250ms";
    private const string Divided = "run raise-slowly --partitions 2 --batch-size 5 --sleep 60ms";

    private const string Faster = "Another worker was faster";

    private static long[] Few => [33, 34, 120];

    private static IEnumerable<Scenario> Extra(string place, string command, bool holdsLock, params int[] times) =>
        times.Select(nth => new Scenario(place, command) { Nth = nth, HoldsLock = holdsLock, IsExtra = true });

    private static Func<ItemsFolder, Task> Enqueue(string job) => async folder =>
        Assert.Equal(0, (await folder.RunAsync("run", job, "--detach")).ExitCode);

    private static Func<ItemsFolder, Task> LeaveBehind(string job) => async folder =>
    {
        using var worker = folder.StartToFail(FailPoints.Committed, 4, "KILL", "run", job);
        Assert.Equal(CrashWorker.Killed, (await worker.EndAsync()).ExitCode);
    };

    private static async Task FailAndMend(ItemsFolder folder)
    {
        Assert.Equal(3, (await folder.RunAsync("run", "raise-strictly")).ExitCode);
        folder.Mend();
    }

    private static async Task QuarantineAndMend(ItemsFolder folder)
    {
        Assert.Equal(5, (await folder.RunAsync("run", "raise-sound")).ExitCode);
        folder.Mend();
    }

    private static Func<ItemsFolder, CrashWorker, Task> AskOnce(string command) => async (folder, worker) =>
    {
        await CrashWorker.UntilAsync(() => folder.Batches > 1 || worker.HasExited, "a batch");
        var asked = await folder.RunAsync(await Scenario.ArgumentsAsync(folder, command));
        Assert.True(asked.ExitCode == 0, asked.Errors);
    };

    private static async Task TerminateOnceAtWork(ItemsFolder folder, CrashWorker worker)
    {
        await CrashWorker.UntilAsync(() => folder.Batches > 1 || worker.HasExited, "a batch");
        worker.Terminate();
    }
}
