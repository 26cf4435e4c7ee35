using Drip.Crash.Tests.Sites;

namespace Drip.Crash.Tests.Matrix;

/// <summary>How a worker comes to a place, and how the work goes on when it does not.</summary>
/// <param name="Place">The place, one of <see cref="Drip.Chaos.FailPoints"/>.</param>
/// <param name="Command">What the worker that comes there is started with; <c>RUN</c> stands for the run's id.</param>
internal sealed record Scenario(string Place, string Command)
{
    /// <summary>Which time it comes there.</summary>
    public int Nth { get; init; } = 1;

    /// <summary>How many items there are.</summary>
    public int Items { get; init; } = 200;

    /// <summary>Items whose handling fails.</summary>
    public long[] Poison { get; init; } = [];

    /// <summary>Whether items that fail are mended when the run has failed because of them.</summary>
    public bool IsMended { get; init; }

    /// <summary>What comes before the worker is started.</summary>
    public Func<ItemsFolder, Task>? Before { get; init; }

    /// <summary>What brings the worker to the place once it works, if not its work.</summary>
    public Func<ItemsFolder, CrashWorker, Task>? Meanwhile { get; init; }

    /// <summary>A worker that is at work on the same run before the one that comes to the place is started, and finishes the run.</summary>
    public string? Company { get; init; }

    /// <summary>
    /// Whether the worker is inside a transaction there. While it is stopped nobody can take over then: others are told that
    /// the file is locked, and when it goes on it finishes normally.
    /// </summary>
    public bool HoldsLock { get; init; }

    /// <summary>What another worker is started with while it is stopped.</summary>
    public string? Successor { get; init; }

    /// <summary>With what the stopped worker leaves when it goes on and another has finished: a run that is taken up is not done a second time.</summary>
    public int LateExitCode { get; init; } = 6;

    /// <summary>What of it is said then.</summary>
    public string? LateWords { get; init; } = "was taken from this worker";

    /// <summary>
    /// The table of the store that it may still write to when it goes on: the log of events, of what it had just done, or the
    /// outbox, where the call of a hook is its own until it is done.
    /// </summary>
    public string? LateTable { get; init; }

    /// <summary>Whether it is only tried at full size.</summary>
    public bool IsExtra { get; init; }

    public override string ToString() => $"{Place}:{Nth} in '{Command}'{(Company is null ? "" : $" beside '{Company}'")}";

    public Task<ItemsFolder> CreateFolderAsync(Site site) => ItemsFolder.CreateAsync(site, Items, Poison);

    public async Task<CrashWorker> StartAsync(ItemsFolder folder, string signal) =>
        folder.StartToFail(Place, Nth, signal, await ArgumentsAsync(folder, Command));

    /// <summary>Splits a command, with the run's id in it.</summary>
    public static async Task<string[]> ArgumentsAsync(ItemsFolder folder, string command)
    {
        if (command.Contains("RUN", StringComparison.Ordinal)) await CrashWorker.UntilAsync(() => folder.RunId is not null, "a run");
        return [.. command.Split(' ').Select(word => word == "RUN" ? folder.RunId! : word)];
    }

    /// <summary>Brings the work to its end, whatever is left of it.</summary>
    public async Task FinishAsync(ItemsFolder folder)
    {
        for (var starts = 0; ; starts++)
        {
            var status = folder.Status;
            if (status == "completed" && !folder.HasHooksDue) return;
            Assert.True(starts < 6, $"After {starts} more workers the run is still {status}.");
            if (status == "failed")
            {
                Assert.True(IsMended, folder.Store.Ask<string>("SELECT error_message FROM drip_run"));
                folder.Mend();
            }

            var next = status switch
            {
                null => Command,
                "failed" => "retry RUN",
                "paused" or "stopped" => "resume RUN",
                _ => "worker --drain",
            };
            var ended = await folder.RunAsync(await ArgumentsAsync(folder, next));
            Assert.True(ended.ExitCode is 0 or 3 or 5, $"'{next}' ended with {ended.ExitCode}: {ended.Errors}");
        }
    }
}
