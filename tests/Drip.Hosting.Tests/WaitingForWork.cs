using System.Runtime.InteropServices;
using System.Text.Json;
using Drip.Hosting.Tests.Harness;

namespace Drip.Hosting.Tests;

/// <summary>The command <c>worker</c>, and what <c>run --detach</c> leaves for it.</summary>
public sealed class WaitingForWork : IDisposable
{
    private readonly TestWorker _worker = new(people: 1000);

    public void Dispose() => _worker.Dispose();

    [Fact]
    public async Task A_detached_run_waits_and_says_how_to_watch_it()
    {
        var result = (await _worker.RunAsync("run", "touch", "--mark", "y", "--detach")).Succeeds();

        var id = (await OnlyRunAsync()).GetProperty("run").GetString();
        Assert.Equal(
            [$"touch: run {id} waits for a worker, in batches of 10", "  with mark = y", $"Take it with: worker. Watch it with: show {id}"],
            result.Lines);
        Assert.Contains("Status    enqueued (waits for a worker)", (await _worker.RunAsync("show", id!)).Lines);
        Assert.Equal(0, _worker.Count("name LIKE '%y'"));
    }

    [Fact]
    public async Task A_detached_run_as_json_is_one_object_with_its_status()
    {
        var result = (await _worker.RunAsync("run", "touch", "--detach", "--json")).Succeeds();

        Assert.Matches("""^\{"run":"[0-9a-z]{10}","job":"touch","status":"enqueued","processed":0,"total":null,"quarantined":0,""", Assert.Single(result.Lines));
    }

    [Fact]
    public async Task A_run_that_waits_already_is_exit_6_and_named()
    {
        await _worker.RunAsync("run", "touch", "--detach");
        var id = (await OnlyRunAsync()).GetProperty("run").GetString();

        var again = await _worker.RunAsync("run", "touch", "--detach", "--json");

        Assert.Equal((6, ""), (again.ExitCode, again.Output));
        Assert.Equal([$"Another run of touch with these options is not over: run {id} is enqueued.", $"Wait for it, or end it with: stop {id}."], again.ErrorLines);
    }

    [Fact]
    public async Task A_job_with_secrets_is_not_put_into_the_queue()
    {
        _worker.Configure = builder => builder.AddBackfill<Confidential, Person>();

        var result = await _worker.RunAsync("run", "confidential", "--detach", "--token", "hunter2-hunter2");

        result.IsRefused(
            "A run of confidential cannot wait for another worker, because nothing stores the value of its secret option --token.", "Run it here: run confidential.");
        Assert.Equal("There are no such runs.\n", (await _worker.RunAsync("runs")).Output);
    }

    [Fact]
    public async Task Run_takes_what_waits_in_the_queue()
    {
        await _worker.RunAsync("run", "touch", "--detach");

        var result = (await _worker.RunAsync("run", "touch")).Succeeds();

        Assert.Matches("^touch: took run [0-9a-z]{10}, which waited for a worker, in batches of 10$", result.Lines[0]);
    }

    [Fact]
    public async Task A_worker_that_drains_says_what_it_takes_and_how_it_ended_and_leaves()
    {
        await _worker.RunAsync("run", "touch", "--detach", "--mark", "y");
        var id = (await OnlyRunAsync()).GetProperty("run").GetString();

        var result = (await _worker.RunAsync("worker", "--drain")).Succeeds();

        Assert.Collection(result.Lines,
            line => Assert.Equal("Looking for work until nothing is left to do, 1 run at a time. Ctrl-C ends.", line),
            line => Assert.Equal($"touch: run {id} taken at 0 rows, with mark = y", line),
            line => Assert.StartsWith($"touch: run {id} completed: 1,000 rows in 100 batches, ", line));
        Assert.Equal("", result.Error);
        Assert.Equal(1000, _worker.Count("name LIKE '%y'"));
    }

    [Fact]
    public async Task The_news_as_json_is_an_object_on_each_line()
    {
        await _worker.RunAsync("run", "touch", "--detach");

        var result = (await _worker.RunAsync("worker", "--drain", "--json")).Succeeds();

        var news = Array.ConvertAll(result.Lines, line => JsonDocument.Parse(line).RootElement);
        Assert.Equal(["taken running 0", "ended completed 1000"], news.Select(one => $"{one.GetProperty("event")} {one.GetProperty("status")} {one.GetProperty("processed")}"));
        Assert.All(news, one => Assert.Equal(DateTimeKind.Utc, one.GetProperty("at").GetDateTime().Kind));
    }

    [Fact]
    public async Task A_worker_with_nothing_to_do_drains_at_once() =>
        Assert.Single((await _worker.RunAsync("worker", "--drain")).Succeeds().Lines);

    [Fact]
    public async Task A_run_that_failed_is_told_on_standard_error_and_the_worker_goes_on()
    {
        await _worker.RunAsync("run", "stumble", "--detach");
        await _worker.RunAsync("run", "touch", "--detach");

        var result = (await _worker.RunAsync("worker", "--drain")).Succeeds();

        Assert.Matches(@"^stumble: run [0-9a-z]{10} failed after 29 of 30 rows in 3 batches, .+: row 25 is odd \(row 25\)\. Look with: show [0-9a-z]{10}$", Assert.Single(result.ErrorLines));
        Assert.Contains(" completed: 1,000 rows", result.Lines[^1]);
    }

    [Fact]
    public async Task A_run_of_a_job_that_the_worker_lacks_is_told_once_and_left_in_the_queue()
    {
        await _worker.RunAsync("run", "touch", "--detach");
        using (var connection = _worker.OpenDatabase("Mode=ReadWrite")) TestWorker.Execute(connection, "UPDATE drip_run SET job = 'retired'");

        var result = (await _worker.RunAsync("worker", "--drain")).Succeeds();

        Assert.Matches("^retired: run [0-9a-z]{10} cannot be taken: There is no job named 'retired'\\. Use 'list' to see the jobs\\.$", Assert.Single(result.ErrorLines));
        Assert.Equal("enqueued", (await OnlyRunAsync()).GetProperty("status").GetString());
    }

    [Theory]
    [InlineData(PosixSignal.SIGTERM, 143)]
    [InlineData(PosixSignal.SIGINT, 130)]
    public async Task A_signal_hands_the_run_back_for_another_worker_to_finish(PosixSignal signal, int exitCode)
    {
        await _worker.RunAsync("run", "touch", "--detach");
        _worker.InBatch = (app, number, _) =>
        {
            if (number == 3) app.Interruption.Raise(signal);
        };
        var left = await _worker.RunAsync("worker");

        Assert.Equal(exitCode, left.ExitCode);
        Assert.Contains(" left after 30 rows in 3 batches", left.Lines[^1]);
        Assert.Equal("Told to leave: the batch in flight finishes first. Once more to leave at once.", Assert.Single(left.ErrorLines));

        _worker.InBatch = null;
        var finished = (await _worker.RunAsync("worker", "--drain")).Succeeds();
        Assert.Contains(" taken at 30 rows", finished.Lines[1]);
        Assert.Equal(1000, _worker.Count("name LIKE '%x' AND name NOT LIKE '%xx'"));
    }

    [Fact]
    public async Task A_worker_that_waits_leaves_on_a_signal()
    {
        var time = new ManualTime();
        _worker.Time = time;
        _worker.Configure = builder => builder.Configuration["Drip:Poll"] = "1s";
        var (app, ended) = _worker.Start("worker");
        await time.WhenSomebodyWaitsAtLeast(TimeSpan.FromSeconds(0.75));

        app.Interruption.Raise(PosixSignal.SIGTERM);

        Assert.Equal(143, (await ended).ExitCode);
    }

    [Fact]
    public async Task What_is_enqueued_while_a_worker_waits_is_taken_with_its_next_look()
    {
        var time = new ManualTime();
        var begun = new TaskCompletionSource();
        _worker.Time = time;
        _worker.InBatch = (_, _, _) => begun.TrySetResult();
        var (app, ended) = _worker.Start("worker");
        await time.WhenSomebodyWaitsAtLeast(TimeSpan.FromSeconds(0.75));

        await _worker.RunAsync("run", "touch", "--detach");
        time.Advance(TimeSpan.FromSeconds(1.25));
        await begun.Task;

        app.Interruption.Raise(PosixSignal.SIGTERM);
        Assert.Contains(" taken at 0 rows", (await ended).Output);
    }

    [Fact]
    public async Task Two_workers_on_one_file_finish_everything_and_touch_each_row_once()
    {
        string[] marks = ["a", "b", "c", "d", "e"];
        foreach (var mark in marks) await _worker.RunAsync("run", "touch", "--detach", "--mark", mark);
        await _worker.RunAsync("run", "touch", "--detach", "--mark", "p", "--partitions", "4");

        var (first, second) = (_worker.Start("worker", "--drain").Result, _worker.Start("worker", "--drain", "--concurrency", "2").Result);
        var results = await Task.WhenAll(first, second);

        Assert.All(results, result => result.Succeeds());
        var runs = Json(await _worker.RunAsync("runs", "--json")).EnumerateArray().ToArray();
        Assert.Equal(["completed 1000"], runs.Select(run => $"{run.GetProperty("status")} {run.GetProperty("processed")}").Distinct());
        foreach (var mark in (string[])[.. marks, "p"])
            Assert.Equal(1000, _worker.Count($"length(replace(name, 'person', '')) - length(replace(replace(name, 'person', ''), '{mark}', '')) = 1"));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("65")]
    [InlineData("many")]
    public async Task A_concurrency_that_makes_no_sense_is_refused(string text) =>
        (await _worker.RunAsync("worker", "--concurrency", text)).IsRefused(
            $"The value '{text}' of --concurrency is no such number of runs.", "Give --concurrency a whole number from 1 to 64.");

    private async Task<JsonElement> OnlyRunAsync() => Assert.Single(Json(await _worker.RunAsync("runs", "--json")).EnumerateArray());

    private static JsonElement Json(CommandResult result) => JsonDocument.Parse(result.Succeeds().Output).RootElement;
}
