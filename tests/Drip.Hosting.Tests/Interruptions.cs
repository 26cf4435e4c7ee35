using System.Runtime.InteropServices;
using Drip.Hosting.Signals;
using Drip.Hosting.Tests.Harness;

namespace Drip.Hosting.Tests;

public sealed class Interruptions
{
    [Theory]
    [InlineData(PosixSignal.SIGINT, 130)]
    [InlineData(PosixSignal.SIGTERM, 143)]
    public async Task A_signal_lets_the_batch_in_flight_finish_and_the_same_command_goes_on(PosixSignal signal, int exitCode)
    {
        using var worker = new TestWorker();
        worker.InBatch = (app, number, _) =>
        {
            if (number == 3) app.Interruption.Raise(signal);
        };

        var result = await worker.RunAsync("run", "give-role");

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Collection(result.ErrorLines,
            line => Assert.StartsWith("Told to leave: the batch in flight finishes first.", line),
            line => Assert.Matches("^Run [0-9a-z]{10} of give-role was left after 30 rows in 3 batches,", line),
            line => Assert.Equal("The same command goes on from there.", line));
        Assert.Equal(30, worker.Count("role IS NOT NULL"));

        worker.InBatch = null;
        var again = (await worker.RunAsync("run", "give-role")).Succeeds();
        Assert.Contains("took up run", again.Lines[0]);
        Assert.Contains("left at 30 rows", again.Lines[0]);
        Assert.Contains("Completed: 100 rows in 10 batches", again.Output);
        Assert.Equal(100, worker.Count("role IS NOT NULL"));
    }

    [Fact]
    public async Task A_run_that_was_left_is_in_the_json_as_it_is()
    {
        using var worker = new TestWorker();
        worker.InBatch = (app, _, _) => app.Interruption.Raise(PosixSignal.SIGTERM);

        var result = await worker.RunAsync("run", "give-role", "--json");

        Assert.Contains("\"status\":\"running\",\"processed\":10,", result.Output);
        Assert.DoesNotContain("error", result.Output);
    }

    [Fact]
    public async Task The_second_signal_rolls_the_batch_in_flight_back()
    {
        using var worker = new TestWorker();
        worker.InBatch = (app, number, cancellationToken) =>
        {
            if (number != 3) return;
            app.Interruption.Raise(PosixSignal.SIGINT);
            app.Interruption.Raise(PosixSignal.SIGINT);
            cancellationToken.WaitHandle.WaitOne();
        };

        var result = await worker.RunAsync("run", "give-role");

        Assert.Equal(130, result.ExitCode);
        Assert.Contains("Leaving at once: the batch in flight is rolled back.", result.ErrorLines);
        Assert.Equal(20, worker.Count("role IS NOT NULL"));
    }

    [Fact]
    public async Task A_batch_that_takes_longer_than_the_budget_is_rolled_back_and_the_same_command_goes_on()
    {
        var time = new ManualTime();
        using var worker = new TestWorker { Time = time };
        worker.Configure = builder => builder.Configuration["Drip:Shutdown:Budget"] = "7s";
        worker.InBatch = (app, number, cancellationToken) =>
        {
            if (number != 3) return;
            app.Interruption.Raise(PosixSignal.SIGTERM);
            time.Advance(TimeSpan.FromSeconds(7));
            cancellationToken.WaitHandle.WaitOne();
        };

        var result = await worker.RunAsync("run", "give-role");

        Assert.Equal(143, result.ExitCode);
        Assert.Contains("The batch in flight took longer than Drip:Shutdown:Budget allows: it is rolled back.", result.ErrorLines);
        Assert.Equal(20, worker.Count("role IS NOT NULL"));

        worker.InBatch = null;
        Assert.Contains("Completed: 100 rows in 10 batches", (await worker.RunAsync("run", "give-role")).Succeeds().Output);
    }

    [Fact]
    public void The_budget_ends_once_and_the_process_two_seconds_after_it()
    {
        var time = new ManualTime();
        var exits = new List<int>();
        var told = new List<Leaving>();
        using var interruption = new Interruption(time, exits.Add) { Budget = TimeSpan.FromSeconds(30), Told = told.Add };

        interruption.Raise(PosixSignal.SIGINT);
        time.Advance(TimeSpan.FromSeconds(29.9));
        Assert.False(interruption.Abort.IsCancellationRequested);
        time.Advance(TimeSpan.FromSeconds(0.1));
        interruption.Raise(PosixSignal.SIGINT);
        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal([Leaving.AfterBatch, Leaving.OutOfTime], told);
        Assert.Equal([130], exits);
    }

    [Fact]
    public async Task A_signal_before_the_run_begins_leaves_no_run()
    {
        using var worker = new TestWorker();
        worker.Configure = builder => builder.BeforeRun(cancellationToken => Task.Delay(Timeout.Infinite, cancellationToken));
        var (app, ended) = worker.Start("run", "give-role");

        app.Interruption.Raise(PosixSignal.SIGINT);

        var result = await ended;
        Assert.Equal((130, "Interrupted.\n"), (result.ExitCode, result.Error));
        Assert.Equal(100, worker.Count("role IS NULL"));
    }

    [Fact]
    public void What_does_not_end_two_seconds_after_the_second_signal_is_ended()
    {
        var time = new ManualTime();
        var exits = new List<int>();
        using var interruption = new Interruption(time, exits.Add);

        interruption.Raise(PosixSignal.SIGTERM);
        time.Advance(TimeSpan.FromMinutes(10));
        interruption.Raise(PosixSignal.SIGINT);
        time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.Empty(exits);
        time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal([143], exits);
    }

    [Fact]
    public async Task A_command_of_the_worker_s_own_is_cancelled_by_the_first_signal()
    {
        using var worker = new TestWorker();
        worker.Configure = builder =>
        {
            var wait = new System.CommandLine.Command("wait");
            wait.SetAction((_, cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken));
            builder.AddCommand(wait);
        };
        var (app, ended) = worker.Start("wait");

        app.Interruption.Raise(PosixSignal.SIGTERM);

        Assert.Equal(143, (await ended).ExitCode);
    }

    [Fact]
    public void What_has_no_batches_and_takes_no_notice_is_ended_two_seconds_after_the_first_signal()
    {
        var time = new ManualTime();
        var exits = new List<int>();
        using var interruption = new Interruption(time, exits.Add);
        interruption.Listen(hasBatches: false);

        interruption.Raise(PosixSignal.SIGINT);
        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal([130], exits);
    }
}
