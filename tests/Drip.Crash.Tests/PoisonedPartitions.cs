using Drip.Crash.Tests.Matrix;

namespace Drip.Crash.Tests;

/// <summary>A row that kills whoever handles it.</summary>
public sealed class PoisonedPartitions : IDisposable
{
    private const int MostDeaths = 4;

    private readonly ItemsFolder _folder = new(100);

    public PoisonedPartitions() => _folder.Execute("UPDATE items SET state = 'deadly' WHERE id = 45");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("run raise-deadly", 3)]
    [InlineData("worker --drain", 0)]
    public async Task A_partition_that_three_rescues_brought_no_further_fails_the_run_until_it_is_mended_and_retried(string command, int exitCode)
    {
        Assert.Equal(0, (await _folder.RunAsync("run", "raise-deadly", "--detach")).ExitCode);

        var (deaths, last) = await RestartUntilItLivesAsync(command);

        Assert.Equal((MostDeaths, exitCode), (deaths, last.ExitCode));
        Assert.Contains("The workers of partition 0 vanished 4 times in a row in the batch after 40, so it is not tried again by itself.", last.Errors);
        Assert.Equal("failed", _folder.Status);
        Assert.Equal(40, _folder.Ask<long>("SELECT count(*) FROM effects"));

        _folder.Mend();
        var retried = await _folder.RunAsync("retry", _folder.RunId!);

        Assert.True(retried.ExitCode == 0, retried.Errors);
        Assert.Equal(100, _folder.Ask<long>("SELECT count(*) FROM items WHERE revision = 1"));
        Assert.Equal(100, _folder.Ask<long>("SELECT count(*) FROM effects"));
        _folder.AssertHistory();
    }

    private async Task<(int Deaths, Ended Last)> RestartUntilItLivesAsync(string command)
    {
        for (var deaths = 0; ; deaths++)
        {
            var ended = await _folder.RunAsync(command.Split(' '));
            if (ended.ExitCode != CrashWorker.Killed || deaths > MostDeaths) return (deaths, ended);
        }
    }
}
