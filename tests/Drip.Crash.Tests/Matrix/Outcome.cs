using System.Collections.Concurrent;
using Drip.Crash.Tests.Sites;

namespace Drip.Crash.Tests.Matrix;

/// <summary>What a run leaves behind, without what differs each time: ids, times, and who did what.</summary>
internal static class Outcome
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<string[]>>> Controls = new();

    /// <summary>What is there now.</summary>
    public static string[] Of(ItemsFolder folder) =>
    [
        .. folder.List<string>("SELECT 'item ' || id || ' ' || state || ' revision ' || revision FROM items ORDER BY id"),
        .. folder.List<string>("SELECT 'effect on ' || item FROM effects ORDER BY item"),
        .. folder.List<string>("SELECT 'quarantined ' || \"key\" || ' ' || error_type || ': ' || error_message || ' after ' || attempts || ', ' || state FROM drip_quarantine ORDER BY \"key\""),
        // How a run that is divided falls into batches depends on who steals what.
        .. folder.Store.List<string>("""
            SELECT 'run ' || status || ' ' || scanned || ' ' || processed || ' of ' || total || ', quarantined ' || quarantined
              || CASE WHEN partitions = 1 THEN ', batches ' || batches ELSE '' END FROM drip_run
            """),
        .. folder.Store.List<string>("SELECT 'batches ' || count(*) || ' to ' || max(number) || ' of ' || sum(size) FROM drip_batch, drip_run WHERE drip_run.partitions = 1 AND drip_batch.status = 'completed'"),
        folder.Rows.Integrity,
        .. folder.Hooks,
    ];

    /// <summary>What is there where nobody disturbs the scenario.</summary>
    public static Task<string[]> ControlOf(Scenario scenario, Site site) =>
        Controls.GetOrAdd($"{site}: {scenario}", _ => new Lazy<Task<string[]>>(() => RunAsync(scenario, site))).Value;

    /// <summary>Fails unless the work is done as the control did it, by workers of which no two had the same part.</summary>
    public static async Task AssertSameAsControlAsync(Scenario scenario, ItemsFolder folder)
    {
        Assert.Equal(await ControlOf(scenario, folder.Site), Of(folder));
        folder.AssertHistory();
    }

    private static async Task<string[]> RunAsync(Scenario scenario, Site site)
    {
        await using var folder = await scenario.CreateFolderAsync(site);
        if (scenario.Before is { } before) await before(folder);
        using var company = scenario.Company is { } beside ? folder.Start(beside.Split(' ')) : null;
        if (company is not null) await company.EndAsync();
        if (scenario.Meanwhile is null && company is null) await folder.RunAsync(await Scenario.ArgumentsAsync(folder, scenario.Command));
        await scenario.FinishAsync(folder);
        folder.AssertHistory();

        // A control that did nothing would agree with anything.
        Assert.Equal(0, folder.Ask<long>("SELECT count(*) FROM items WHERE revision <> CASE state WHEN 'sound' THEN 1 ELSE 0 END"));
        Assert.True(folder.Ask<long>("SELECT count(*) FROM items WHERE revision = 1") >= scenario.Items - scenario.Poison.Length);
        return Of(folder);
    }
}
