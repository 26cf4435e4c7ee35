namespace Drip.Crash.Tests.Matrix;

/// <summary>The worker that is at work on the run when another one comes to help with it, or to put it aside.</summary>
internal static class Companion
{
    /// <summary>Starts it and waits until it is at work.</summary>
    public static async Task<CrashWorker?> StartAsync(Scenario scenario, ItemsFolder folder)
    {
        if (scenario.Company is not { } command) return null;
        var company = folder.Start(command.Split(' '));
        await CrashWorker.UntilAsync(() => folder.Batches > 1 || company.HasExited, "a batch");
        return company;
    }

    /// <summary>Waits for its end: it finished the run, or the run was taken from it by force.</summary>
    public static async Task EndAsync(CrashWorker? company)
    {
        if (company is null) return;
        var ended = await company.EndAsync();
        Assert.True(ended.ExitCode is 0 or 6, ended.Errors);
    }
}
