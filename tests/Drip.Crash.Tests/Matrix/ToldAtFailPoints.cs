using Drip.Crash.Tests.Histories;
using Drip.Crash.Tests.Sites;

namespace Drip.Crash.Tests.Matrix;

/// <summary>A worker is told to leave, with SIGTERM, wherever it can be; whoever comes next finishes its work.</summary>
public sealed class ToldAtFailPoints
{
    public static TheoryData<string> Places => Rows.All;

    public static TheoryData<Site, string> PlacesElsewhere => Rows.Elsewhere;

    [Theory]
    [MemberData(nameof(Places))]
    public Task A_worker_that_is_told_to_leave_loses_and_repeats_nothing(string place) => TryAsync(Site.Sqlite, place);

    [Theory]
    [MemberData(nameof(PlacesElsewhere))]
    public Task A_worker_that_is_told_to_leave_loses_and_repeats_nothing_elsewhere(Site site, string place) => TryAsync(site, place);

    private static async Task TryAsync(Site site, string place)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes are looked at in /proc.");
        var scenario = Rows.Find(place, site);
        await using var folder = await scenario.CreateFolderAsync(site);
        if (scenario.Before is { } before) await before(folder);
        using var company = await Companion.StartAsync(scenario, folder);
        using var worker = await scenario.StartAsync(folder, "TERM");
        if (scenario.Meanwhile is { } meanwhile) await meanwhile(folder, worker);

        var ended = await worker.EndAsync();

        Assert.True(HistoryEvent.HasHit(folder.History, scenario.Place), $"It was never at {place}: {ended.ExitCode}, {ended.Errors}");
        // Left in the middle; or at its end already, where there was nothing left to be kept from.
        Assert.True(ended.ExitCode is 143 or 0 or 3 or 4 or 5, $"{ended.ExitCode}: {ended.Errors}");
        Assert.DoesNotContain("unexpected", ended.Errors);
        await Companion.EndAsync(company);
        await scenario.FinishAsync(folder);
        await Outcome.AssertSameAsControlAsync(scenario, folder);
    }
}
