using System.Runtime.InteropServices;
using System.Text.Json;
using Drip.Hosting.Tests.Harness;

namespace Drip.Hosting.Tests;

/// <summary>The commands <c>pause</c>, <c>stop</c>, <c>resume</c> and <c>retry</c>, and what the worker that has the run says.</summary>
public sealed class AskingRuns : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly TestWorker _worker;

    public AskingRuns()
    {
        _worker = new TestWorker { Time = _time };
        _worker.Configure = builder => builder.Configuration["Drip:User"] = "ann";
    }

    public void Dispose() => _worker.Dispose();

    [Theory]
    [InlineData("pause", "pauses", "paused")]
    [InlineData("stop", "stops", "stopped")]
    public async Task A_run_at_work_finishes_its_batch_and_says_who_asked_and_how_to_go_on(string command, string will, string status)
    {
        var (id, ended) = await StartSleepingAsync();

        var asked = (await _worker.RunAsync(command, id[..9])).Succeeds();
        _time.Advance(TimeSpan.FromSeconds(1));
        var left = await ended;

        Assert.Equal($"Run {id} of give-role finishes its batch and {will}; look at it with: show {id}\n", asked.Output);
        Assert.Equal(4, left.ExitCode);
        Assert.Collection(left.ErrorLines,
            line => Assert.StartsWith($"Run {id} of give-role was {status} by ann after 10 rows in 1 batch,", line),
            line => Assert.Equal($"Go on with: resume {id}", line));
        Assert.Equal(10, _worker.Count("role IS NOT NULL"));
        Assert.Contains($"Status    {status} by ann", (await _worker.RunAsync("show", id)).Lines);
    }

    [Fact]
    public async Task A_run_that_is_told_to_stop_shows_that_it_is_stopping()
    {
        var (id, ended) = await StartSleepingAsync();
        await _worker.RunAsync("stop", id);

        var shown = (await _worker.RunAsync("show", id)).Succeeds();

        Assert.Contains(shown.Lines, line => line.StartsWith($"Status    stopping (worker process {Environment.ProcessId} on ", StringComparison.Ordinal) && line.EndsWith("), told to stop by ann", StringComparison.Ordinal));
        _time.Advance(TimeSpan.FromSeconds(1));
        await ended;
    }

    [Theory]
    [InlineData("pause", "paused")]
    [InlineData("stop", "stopped")]
    public async Task A_forced_request_is_done_at_once_and_the_worker_leaves_with_6(string command, string status)
    {
        var (id, ended) = await StartSleepingAsync();

        var asked = (await _worker.RunAsync(command, id, "--force")).Succeeds();
        _time.Advance(TimeSpan.FromSeconds(1));
        var left = await ended;

        Assert.Equal($"Run {id} of give-role is {status} at 10 rows.", asked.Lines[0]);
        Assert.StartsWith($"Its worker (process {Environment.ProcessId} on ", asked.Lines[1]);
        Assert.Equal($"Go on with: resume {id}", asked.Lines[2]);
        Assert.Equal(6, left.ExitCode);
        Assert.StartsWith($"The run {id} was taken from this worker, by another one or by force", left.Error);
        Assert.Equal(10, _worker.Count("role IS NOT NULL"));
        Assert.Contains(" by force: process ", (await _worker.RunAsync("show", id)).Output);
    }

    [Fact]
    public async Task A_run_that_was_left_is_paused_at_once()
    {
        var id = await LeaveAsync();

        var asked = (await _worker.RunAsync("pause", id)).Succeeds();

        Assert.Equal($"Run {id} of give-role is paused at 10 rows.\nGo on with: resume {id}\n", asked.Output);
    }

    [Fact]
    public async Task A_run_that_somebody_paused_is_not_taken_up_by_run()
    {
        var id = await LeaveAsync();
        await _worker.RunAsync("pause", id);

        var result = await _worker.RunAsync("run", "give-role", "--json");

        Assert.Equal((4, ""), (result.ExitCode, result.Output));
        Assert.Equal([$"Run {id} of give-role was paused by ann at 10 rows.", $"Go on with: resume {id}."], result.ErrorLines);
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("stop")]
    public async Task A_run_is_resumed_to_its_end_in_the_foreground(string command)
    {
        var id = await LeaveAsync();
        await _worker.RunAsync(command, id);

        var result = await _worker.RunAsync("resume", id);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal($"give-role: resumes run {id} at 10 rows, in batches of 10", result.Lines[0]);
        Assert.StartsWith("Completed: 100 rows in 10 batches", result.Lines[^2]);
        Assert.Equal(0, _worker.Count("role IS NULL"));
    }

    [Fact]
    public async Task The_result_of_resuming_as_json_is_that_of_run()
    {
        var id = await LeaveAsync();

        var result = await _worker.RunAsync("resume", id, "--json");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.StartsWith($$"""{"run":"{{id}}","job":"give-role","status":"completed","processed":100,"total":100,"quarantined":0,"batches":10,""", result.Output);
    }

    [Fact]
    public async Task A_run_that_failed_says_how_to_retry_it_and_is_retried()
    {
        var failed = await _worker.RunAsync("run", "stumble");
        var id = Json(await _worker.RunAsync("runs", "--json"))[0].GetProperty("run").GetString()!;
        Assert.EndsWith($"retry {id}", failed.ErrorLines[^1]);

        var again = await _worker.RunAsync("retry", id);
        Assert.Equal(3, again.ExitCode);
        Assert.Equal($"stumble: retries run {id} at 30 rows, in batches of 10", again.Lines[0]);

        using (var connection = _worker.OpenDatabase("Mode=ReadWrite")) TestWorker.Execute(connection, "DELETE FROM people WHERE id = 25");
        var mended = (await _worker.RunAsync("retry", id, "--json")).Succeeds();
        Assert.Contains("\"status\":\"completed\",\"processed\":99,", mended.Output);
        Assert.Equal(99, _worker.Count("role = 'seen'"));
    }

    [Fact]
    public async Task A_run_with_a_secret_needs_it_again_and_stores_it_nowhere()
    {
        var id = await LeaveAsync("--token", "hunter2-hunter2");

        var refused = await _worker.RunAsync("resume", id);
        var resumed = await _worker.RunAsync("resume", id, "--token", "hunter2-hunter2");

        refused.IsRefused("The value of --token is a secret, and those are not stored.", $"Give it again: resume {id} --token …");
        Assert.Equal((0, "  with token = ***"), (resumed.ExitCode, resumed.Lines[1]));
        Assert.DoesNotContain("hunter2", (await _worker.RunAsync("show", id, "--json")).Output);
    }

    [Theory]
    [InlineData("pause", "paused")]
    [InlineData("stop", "stopped")]
    public async Task What_is_over_can_neither_be_paused_nor_stopped(string command, string participle)
    {
        await _worker.RunAsync("run", "give-role");
        var id = Json(await _worker.RunAsync("runs", "--json"))[0].GetProperty("run").GetString()!;

        (await _worker.RunAsync(command, id)).IsRefused(
            $"The run {id} of give-role is completed, so it cannot be {participle}.", $"It is over; look at it with: show {id}.");
    }

    [Fact]
    public async Task A_signal_and_a_request_together_leave_the_run_as_it_was_asked_to_be()
    {
        var (id, ended) = await StartSleepingAsync(out var app);
        await _worker.RunAsync("pause", id);

        app.Interruption.Raise(PosixSignal.SIGTERM);
        var left = await ended;

        Assert.Equal(4, left.ExitCode);
        Assert.Contains($"Run {id} of give-role was paused by ann after 10 rows", left.Error);
    }

    private Task<(string Id, Task<CommandResult> Ended)> StartSleepingAsync() => StartSleepingAsync(out _);

    // Starts a run that sleeps behind its first batch, on a clock that stands still.
    private Task<(string Id, Task<CommandResult> Ended)> StartSleepingAsync(out DripApp app)
    {
        var (started, ended) = _worker.Start("run", "give-role", "--sleep", "1h");
        app = started;
        return FindAsync();

        async Task<(string, Task<CommandResult>)> FindAsync()
        {
            await _time.WhenSomebodyWaits(TimeSpan.FromSeconds(1));
            return (Json(await _worker.RunAsync("runs", "--json"))[0].GetProperty("run").GetString()!, ended);
        }
    }

    // A run with ten rows done that no worker has.
    private async Task<string> LeaveAsync(params string[] options)
    {
        _worker.InBatch = (app, _, _) => app.Interruption.Raise(PosixSignal.SIGTERM);
        await _worker.RunAsync(["run", "give-role", .. options]);
        _worker.InBatch = null;
        return Json(await _worker.RunAsync("runs", "--json"))[0].GetProperty("run").GetString()!;
    }

    private static JsonElement Json(CommandResult result) => JsonDocument.Parse(result.Succeeds().Output).RootElement;
}
