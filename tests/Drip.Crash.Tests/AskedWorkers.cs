using System.Text.RegularExpressions;

namespace Drip.Crash.Tests;

/// <summary>One process works, another one asks it to pause or to stop, a third one goes on.</summary>
public sealed class AskedWorkers : IDisposable
{
    private const int Employees = 2000;
    private const int BatchSize = 10;

    private readonly ShopFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("pause", "paused", "20ms")]
    [InlineData("stop", "stopped", "20ms")]
    [InlineData("pause", "paused", "10s")]
    [InlineData("stop", "stopped", "10s")]
    public async Task A_worker_that_is_asked_leaves_with_4_and_is_gone_on_with(string command, string status, string sleep)
    {
        await SeedAsync();
        using var worker = _folder.Start("run", "normalize-names", "--batch-size", "10", "--sleep", sleep);
        Assert.True(await worker.HasCommittedAsync(1));
        var id = _folder.Ask<string>("SELECT id FROM drip_run")!;

        var asked = await _folder.RunAsync(command, id[..9]);
        var left = await worker.EndAsync();

        Assert.Equal((0, ""), (asked.ExitCode, asked.Errors));
        Assert.StartsWith($"Run {id} of normalize-names finishes its batch and ", asked.Output);
        Assert.Equal(4, left.ExitCode);
        Assert.Matches($"Run {id} of normalize-names was {status} by .+ after ", left.Errors);
        Assert.Contains($"Go on with: resume {id}", left.Errors);
        AssertPartlyDone(status);

        // With ten seconds between its batches the rest would take half an hour.
        if (sleep == "20ms") await ResumeAsync(id);
    }

    [Fact]
    public async Task A_worker_that_never_rests_hears_the_question_too()
    {
        await SeedAsync(400_000);
        using var worker = _folder.Start("run", "normalize-names", "--batch-size", "10");
        Assert.True(await worker.HasCommittedAsync(1));

        var asked = await _folder.RunAsync("pause", _folder.Ask<string>("SELECT id FROM drip_run")!);

        Assert.Equal((0, 4), (asked.ExitCode, (await worker.EndAsync()).ExitCode));
        AssertPartlyDone("paused", 400_000);
    }

    [Theory]
    [InlineData("pause", "paused")]
    [InlineData("stop", "stopped")]
    public async Task A_worker_that_is_fenced_off_by_force_changes_nothing_more_and_leaves_with_6(string command, string status)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "Signals are sent with kill.");
        await SeedAsync();
        using var worker = _folder.Start("run", "normalize-names", "--batch-size", "10", "--sleep", "10s");
        Assert.True(await worker.HasCommittedAsync(1));
        var id = _folder.Ask<string>("SELECT id FROM drip_run")!;
        worker.Signal("STOP");

        var asked = await _folder.RunAsync(command, id, "--force");
        AssertPartlyDone(status);
        var resumed = _folder.Start("resume", id);
        Assert.True(await resumed.HasCommittedAsync(2));
        worker.Signal("CONT");
        var left = await worker.EndAsync();
        resumed.Dispose();

        Assert.Equal((0, 6), (asked.ExitCode, left.ExitCode));
        Assert.Contains($"The run {id} was taken from this worker", left.Errors);
        var batches = _folder.Ask<long>("SELECT batches FROM drip_cursor");
        Assert.Equal(batches * BatchSize, _folder.Ask<long>("SELECT sum(revision) FROM employees"));
        Assert.Equal(1, _folder.Ask<long>("SELECT max(revision) FROM employees"));
    }

    private async Task SeedAsync(int employees = Employees)
    {
        var seeded = await _folder.RunAsync("seed", "--employees", $"{employees}");
        Assert.True(seeded.ExitCode == 0, seeded.Errors);
    }

    private async Task ResumeAsync(string id)
    {
        var resumed = await _folder.RunAsync("resume", id, "--json");

        Assert.True(resumed.ExitCode == 0, resumed.Errors);
        Assert.Matches(new Regex($"^\\{{\"run\":\"{id}\",\"job\":\"normalize-names\",\"status\":\"completed\",\"processed\":{Employees},"), resumed.Output);
        Assert.Equal(Employees, _folder.Ask<long>("SELECT count(*) FROM employees WHERE revision = 1"));
        Assert.Equal(1, _folder.Ask<long>("SELECT count(*) FROM drip_run"));
    }

    private void AssertPartlyDone(string status, int employees = Employees)
    {
        var committed = _folder.Ask<long>("SELECT batches FROM drip_cursor");
        Assert.InRange(committed, 1, (employees / BatchSize) - 1);
        Assert.Equal(committed * BatchSize, _folder.Ask<long>("SELECT sum(revision) FROM employees"));
        Assert.Equal((status, null), _folder.List<(string, string?)>("SELECT status, owner FROM drip_run").Single());
    }
}
