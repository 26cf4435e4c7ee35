using Drip.Crash.Tests.Sites;

namespace Drip.Crash.Tests.Matrix;

/// <summary>A worker is killed wherever it can be; whoever comes next finishes its work as if nothing had happened.</summary>
public sealed class KilledAtFailPoints
{
    public static TheoryData<string> Places => Rows.All;

    public static TheoryData<Site, string> PlacesElsewhere => Rows.Elsewhere;

    [Theory]
    [MemberData(nameof(Places))]
    public Task A_worker_that_is_killed_loses_and_repeats_nothing(string place) => TryAsync(Site.Sqlite, place);

    [Theory]
    [MemberData(nameof(PlacesElsewhere))]
    public Task A_worker_that_is_killed_loses_and_repeats_nothing_elsewhere(Site site, string place) => TryAsync(site, place);

    private static async Task TryAsync(Site site, string place)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes are looked at in /proc.");
        var scenario = Rows.Find(place, site);
        await using var folder = await scenario.CreateFolderAsync(site);
        if (scenario.Before is { } before) await before(folder);
        using var company = await Companion.StartAsync(scenario, folder);
        using var worker = await scenario.StartAsync(folder, "KILL");
        if (scenario.Meanwhile is { } meanwhile) await meanwhile(folder, worker);

        var ended = await worker.EndAsync();

        Assert.True(ended.ExitCode == CrashWorker.Killed, $"It was never at {place}: {ended.ExitCode}, {ended.Errors}");
        await Companion.EndAsync(company);
        await scenario.FinishAsync(folder);
        await Outcome.AssertSameAsControlAsync(scenario, folder);
    }
}
