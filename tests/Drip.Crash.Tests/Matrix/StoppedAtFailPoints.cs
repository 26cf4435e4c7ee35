using Drip.Chaos;
using Drip.Crash.Tests.Sites;

namespace Drip.Crash.Tests.Matrix;

/// <summary>
/// A worker is stopped, with SIGSTOP, for twice its lease, and then goes on. Another one has finished its work by then, and it
/// changes nothing any more; or it was stopped inside a transaction, where nobody can take over, and finishes normally.
/// </summary>
public sealed class StoppedAtFailPoints
{
    private const int MostTries = 5;

    public static TheoryData<string> Places => Rows.All;

    public static TheoryData<Site, string> PlacesElsewhere => Rows.Elsewhere;

    [Theory]
    [MemberData(nameof(Places))]
    public Task A_worker_that_was_stopped_past_its_lease_changes_nothing_that_another_has_finished(string place) => TryAsync(Site.Sqlite, place);

    [Theory]
    [MemberData(nameof(PlacesElsewhere))]
    public Task A_worker_that_was_stopped_past_its_lease_changes_nothing_that_another_has_finished_elsewhere(Site site, string place) => TryAsync(site, place);

    private static async Task TryAsync(Site site, string place)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes are looked at in /proc.");
        var scenario = Rows.Find(place, site);

        // A renewal beside the work may have been in its own transaction when everything stopped, which is another row.
        for (var tries = 1; !await TryAsync(scenario, site); tries++) Assert.True(tries < MostTries, $"{place} was locked {tries} times.");
    }

    private static async Task<bool> TryAsync(Scenario scenario, Site site)
    {
        await using var folder = await scenario.CreateFolderAsync(site);
        if (scenario.Before is { } before) await before(folder);
        using var company = await Companion.StartAsync(scenario, folder);
        using var worker = await scenario.StartAsync(folder, "STOP");
        if (scenario.Meanwhile is { } meanwhile) await meanwhile(folder, worker);

        Assert.True(await worker.HasStoppedAsync(), $"It was never at {scenario}.");
        if (!scenario.HoldsLock && company is null && folder.IsLocked) return false;
        await Task.Delay(2 * ItemsFolder.Lease);
        if (scenario.HoldsLock && site == Site.Sqlite) await GoOnLockedAsync(scenario, folder, worker, company);
        else if (scenario.HoldsLock) await GoOnBesideAsync(scenario, folder, worker, company);
        else await GoOnLateAsync(scenario, folder, worker, company);
        await scenario.FinishAsync(folder);
        await Outcome.AssertSameAsControlAsync(scenario, folder);
        return true;
    }

    private static async Task GoOnLockedAsync(Scenario scenario, ItemsFolder folder, CrashWorker worker, CrashWorker? company)
    {
        Assert.True(folder.IsLocked, $"{scenario} is said to be inside a transaction.");
        if (company is null)
        {
            folder.Set("Drip__Sqlite__BusyTimeout", "50ms");
            var other = await folder.RunAsync(await Scenario.ArgumentsAsync(folder, scenario.Successor ?? scenario.Command));
            Assert.Equal(6, other.ExitCode);
            Assert.Contains("holds a lock on items.db", other.Errors);
        }

        worker.Continue();
        var ended = await worker.EndAsync();
        Assert.True(ended.ExitCode is 0 or 5, $"{ended.ExitCode}: {ended.Errors}");
        await Companion.EndAsync(company);
    }

    // On a server a transaction keeps nobody out of what it has not touched: another worker may take over, or wait for it for a
    // moment and leave. Whichever of the two comes first, the other changes nothing of what that one has done.
    private static async Task GoOnBesideAsync(Scenario scenario, ItemsFolder folder, CrashWorker worker, CrashWorker? company)
    {
        Assert.True(folder.IsLocked || scenario.Place == FailPoints.UserCode, $"{scenario} is said to be inside a transaction.");
        folder.Set("Drip__Postgres__LockTimeout", "1s");
        folder.Set("Drip__Sqlite__BusyTimeout", "50ms");
        using var other = folder.Start(company is null ? await Scenario.ArgumentsAsync(folder, scenario.Successor ?? scenario.Command) : ["worker", "--drain"]);
        await CrashWorker.UntilAsync(() => other.HasExited || folder.Status == "completed" || other.Age > 4 * ItemsFolder.Lease, "another worker");

        worker.Continue();
        foreach (var each in (CrashWorker[])[worker, other])
        {
            var ended = await each.EndAsync();
            Assert.True(ended.ExitCode is 0 or 2 or 5 or 6 or 7, $"{ended.ExitCode}: {ended.Errors}");
            Assert.DoesNotContain("unexpected", ended.Errors);
        }

        await Companion.EndAsync(company);
    }

    private static async Task GoOnLateAsync(Scenario scenario, ItemsFolder folder, CrashWorker worker, CrashWorker? company)
    {
        await Companion.EndAsync(company);
        var other = await folder.RunAsync(await Scenario.ArgumentsAsync(folder, scenario.Successor ?? (company is null ? scenario.Command : "worker --drain")));
        Assert.True(other.ExitCode is 0 or 3, $"{other.ExitCode}: {other.Errors}");
        var before = Dump(scenario, folder);

        worker.Continue();
        var ended = await worker.EndAsync();

        Assert.True(ended.ExitCode == scenario.LateExitCode, $"{ended.ExitCode}: {ended.Errors}");
        if (scenario.LateWords is { } words) Assert.Contains(words, ended.Output + ended.Errors);
        Assert.Equal(before, Dump(scenario, folder));
    }

    private static string[] Dump(Scenario scenario, ItemsFolder folder) =>
        [.. folder.Dump().Where(row => scenario.LateTable is not { } late || !row.Contains(late, StringComparison.Ordinal))];
}
