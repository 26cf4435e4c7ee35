using Drip.Chaos;
using Drip.Crash.Tests.Matrix;

namespace Drip.Crash.Tests;

/// <summary>A worker that comes back after its work was finished by another.</summary>
public sealed class Zombies : IDisposable
{
    private readonly ItemsFolder _folder = new(200);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_worker_that_was_stopped_past_its_lease_changes_nothing_and_leaves_with_a_message()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes are looked at in /proc.");
        using var zombie = _folder.StartToFail(FailPoints.Committed, 3, "STOP", "run", "raise-rows");
        Assert.True(await zombie.HasStoppedAsync());
        Assert.Equal(60, _folder.Ask<long>("SELECT count(*) FROM effects"));

        await Task.Delay(2 * ItemsFolder.Lease);
        var other = await _folder.RunAsync("run", "raise-rows");
        var finished = _folder.Dump();
        zombie.Continue();
        var left = await zombie.EndAsync();

        Assert.True(other.ExitCode == 0, other.Errors);
        Assert.Equal(6, left.ExitCode);
        Assert.Contains($"The run {_folder.RunId} was taken from this worker, by another one or by force, so it has changed nothing more and leaves.", left.Errors);
        Assert.Equal(finished, _folder.Dump());
        Assert.Equal(200, _folder.Ask<long>("SELECT count(*) FROM items WHERE revision = 1"));
        _folder.AssertHistory();
    }
}
