using System.Runtime.InteropServices;
using System.Text.Json;
using Drip.Hosting.Tests.Harness;

namespace Drip.Hosting.Tests;

/// <summary>The gate for deployments: <c>verify --require</c>.</summary>
public sealed class RequiringJobs : IDisposable
{
    private readonly TestWorker _worker = new();

    public void Dispose() => _worker.Dispose();

    [Fact]
    public async Task Jobs_that_have_run_to_their_end_are_enough()
    {
        await _worker.RunAsync("run", "give-role");

        var result = (await _worker.RunAsync("verify", "--require", "give-role")).Succeeds();

        Assert.Matches("^give-role: completed, run [0-9a-z]{10}, .+ UTC\n$", result.Output);
        Assert.Equal("", result.Error);
    }

    [Fact]
    public async Task A_job_that_never_ran_is_named_and_how_to_run_it()
    {
        await _worker.RunAsync("run", "give-role");

        var result = await _worker.RunAsync("verify", "--require", "give-role", "stumble");

        Assert.Equal(3, result.ExitCode);
        Assert.Equal(["stumble: no run without a limit has completed.", "Run it with: run stumble"], result.ErrorLines);
        Assert.StartsWith("give-role: completed", Assert.Single(result.Lines));
    }

    [Fact]
    public async Task A_store_that_was_never_made_has_no_completed_runs() =>
        Assert.Equal(3, (await _worker.RunAsync("verify", "--require", "give-role")).ExitCode);

    [Fact]
    public async Task A_trial_is_not_enough()
    {
        await _worker.RunAsync("run", "give-role", "--limit", "50");

        Assert.Equal(3, (await _worker.RunAsync("verify", "--require", "give-role")).ExitCode);
    }

    [Fact]
    public async Task A_trial_after_the_whole_does_not_undo_it()
    {
        await _worker.RunAsync("run", "give-role");
        await _worker.RunAsync("run", "give-role", "--limit", "50");

        (await _worker.RunAsync("verify", "--require", "give-role")).Succeeds();
    }

    [Fact]
    public async Task A_run_that_failed_is_not_enough()
    {
        await _worker.RunAsync("run", "stumble");

        Assert.Equal(3, (await _worker.RunAsync("verify", "--require", "stumble")).ExitCode);
    }

    [Fact]
    public async Task A_run_that_is_not_over_keeps_the_gate_closed()
    {
        await _worker.RunAsync("run", "give-role");
        _worker.InBatch = (app, _, _) => app.Interruption.Raise(PosixSignal.SIGTERM);
        using (var connection = _worker.OpenDatabase("Mode=ReadWrite")) TestWorker.Execute(connection, "UPDATE people SET role = NULL");
        await _worker.RunAsync("run", "give-role");

        var result = await _worker.RunAsync("verify", "--require", "give-role");

        Assert.Equal((3, ""), (result.ExitCode, result.Output));
        Assert.Matches("^give-role: run [0-9a-z]{10} is not over, it is running.\nLook at it with: show [0-9a-z]{10}\n$", result.Error);
    }

    [Fact]
    public async Task The_answer_as_json_has_every_job()
    {
        await _worker.RunAsync("run", "give-role");

        var result = await _worker.RunAsync("verify", "--require", "give-role", "--require", "stumble", "--json");

        var json = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal((3, false), (result.ExitCode, json.GetProperty("done").GetBoolean()));
        Assert.Equal(
            ["give-role True completed", "stumble False "],
            json.GetProperty("jobs").EnumerateArray().Select(job => $"{job.GetProperty("job")} {job.GetProperty("done").GetBoolean()} {job.GetProperty("status")}"));
    }
}
