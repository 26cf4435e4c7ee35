using System.Text.RegularExpressions;
using Drip.Hosting.Tests.Harness;

namespace Drip.Hosting.Tests;

public sealed class RunningJobs
{
    [Fact]
    public async Task A_run_says_what_begins_how_it_ended_and_where_to_go_next()
    {
        using var worker = new TestWorker();

        var result = (await worker.RunAsync("run", "give-role", "--role", "chef")).Succeeds();

        var id = Regex.Match(result.Output, "run ([0-9a-z]{10})").Groups[1].Value;
        Assert.Collection(result.Lines,
            line => Assert.Equal($"give-role: run {id}, in batches of 10", line),
            line => Assert.Equal("  with role = chef", line),
            line => Assert.Matches(@"^Completed: 100 rows in 10 batches, .+, [\d,]+ rows/s\.$", line),
            line => Assert.Equal($"Next: show {id}", line));
        Assert.Equal("", result.Error);
        Assert.Equal(100, worker.Count("role = 'chef'"));
    }

    [Fact]
    public async Task A_run_with_nothing_to_do_says_so()
    {
        using var worker = new TestWorker();
        await worker.RunAsync("run", "give-role");

        var result = (await worker.RunAsync("run", "give-role")).Succeeds();

        Assert.Contains("Nothing was left to do.", result.Lines);
    }

    [Fact]
    public async Task The_result_as_json_is_one_line_of_exactly_these_members()
    {
        using var worker = new TestWorker();

        var result = (await worker.RunAsync("run", "give-role", "--json")).Succeeds();

        Assert.Matches(
            """^\{"run":"[0-9a-z]{10}","job":"give-role","status":"completed","processed":100,"total":100,"quarantined":0,"batches":10,"durationMs":\d+,"rowsPerSecond":\d+\}\n$""",
            result.Output);
        Assert.Equal("", result.Error);
    }

    [Fact]
    public async Task A_failed_run_as_json_says_why_and_on_standard_error_too()
    {
        using var worker = new TestWorker();

        var result = await worker.RunAsync("run", "stumble", "--json");

        Assert.Equal(3, result.ExitCode);
        Assert.Matches(
            """^\{"run":"[0-9a-z]{10}","job":"stumble","status":"failed","processed":29,"total":(100|null),"quarantined":1,"batches":3,"durationMs":\d+,"rowsPerSecond":\d+,"error":\{"type":"System.IO.InvalidDataException","message":"row 25 is odd","element":"25"\}\}\n$""",
            result.Output);
        Assert.Contains("row 25 is odd (row 25)", result.Error);
        Assert.DoesNotContain("   at ", result.Error);
        Assert.Equal(29, worker.Count("role = 'seen'"));
    }

    [Fact]
    public async Task A_limit_and_a_batch_size_are_kept_to()
    {
        using var worker = new TestWorker();

        var result = (await worker.RunAsync("run", "give-role", "--limit", "25", "--batch-size=7", "--json")).Succeeds();

        Assert.Contains("\"processed\":25,", result.Output);
        Assert.Contains("\"batches\":4,", result.Output);
        Assert.Equal(75, worker.Count("role IS NULL"));
    }

    [Fact]
    public async Task Flags_of_run_may_stand_before_the_job()
    {
        using var worker = new TestWorker();

        var result = (await worker.RunAsync("run", "--json", "--limit", "10", "give-role")).Succeeds();

        Assert.Contains("\"processed\":10,", result.Output);
    }

    [Fact]
    public async Task Options_are_checked_before_anything_is_made()
    {
        using var worker = new TestWorker();
        var began = false;
        worker.Configure = builder => builder.BeforeRun(_ =>
        {
            began = true;
            return Task.CompletedTask;
        });

        (await worker.RunAsync("run", "give-role", "--min-id", "501")).IsRefused(
            "The value '501' of --min-id is above 500.", "Give --min-id a whole number from -5 to 500.");

        Assert.False(began);
        using var connection = worker.OpenDatabase("Mode=ReadOnly");
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_master WHERE name LIKE 'drip%'";
        Assert.Equal(0L, command.ExecuteScalar());
    }

    [Fact]
    public async Task What_comes_before_a_run_comes_before_the_database_is_touched()
    {
        using var worker = new TestWorker();
        File.Delete(worker.DatabasePath);
        worker.Configure = builder => builder.BeforeRun(_ =>
        {
            using var connection = worker.OpenDatabase("Mode=ReadWriteCreate");
            TestWorker.Execute(connection, "CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT NOT NULL, role TEXT)");
            return Task.CompletedTask;
        });

        var result = (await worker.RunAsync("run", "give-role")).Succeeds();

        Assert.Contains("Nothing was left to do.", result.Lines);
    }

    [Theory]
    [InlineData("--active-only", "true")]
    [InlineData("--active-only=no", "false")]
    [InlineData("--active-only off", "false")]
    [InlineData("--no-active-only", "false")]
    [InlineData("--min-id=-3", "-3")]
    [InlineData("--min-id -3", "-3")]
    [InlineData("--role=--draft", "--draft")]
    [InlineData("--role @team", "@team")]
    [InlineData("--levels junior --levels senior", "Junior,Senior")]
    [InlineData("--levels senior,junior", "Senior,Junior")]
    [InlineData("--token hunter2-hunter2", "***")]
    public async Task An_option_is_given_in_any_usual_form(string flags, string stored)
    {
        using var worker = new TestWorker(people: 0);

        var result = (await worker.RunAsync(["run", "give-role", .. flags.Split(' ')])).Succeeds();

        Assert.EndsWith(" = " + stored, result.Lines[1]);
    }

    [Fact]
    public async Task A_job_that_asks_for_a_service_which_the_host_lacks_says_which()
    {
        using var worker = new TestWorker();

        var result = await worker.RunAsync("run", "demanding", "--reason", "test");

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("System.IFormattable", result.Error);
        Assert.Contains("builder.Services", result.Error);
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_exit_7_and_is_named()
    {
        using var worker = new TestWorker();
        File.Delete(worker.DatabasePath);

        var result = await worker.RunAsync("run", "give-role", "--json");

        Assert.Equal((7, ""), (result.ExitCode, result.Output));
        Assert.Contains("shop.db", result.Error);
        Assert.Equal(2, result.ErrorLines.Length);
    }

    [Fact]
    public async Task A_database_that_another_program_locks_is_exit_6()
    {
        using var worker = new TestWorker();
        await worker.RunAsync("run", "give-role", "--limit", "10");
        worker.Configure = builder => builder.Configuration["Drip:Sqlite:BusyTimeout"] = "1ms";
        using var other = worker.OpenDatabase("Mode=ReadWrite");
        TestWorker.Execute(other, "BEGIN IMMEDIATE");

        var result = await worker.RunAsync("run", "give-role");

        Assert.Equal(6, result.ExitCode);
        // Each try that is repeated is logged; then come the two sentences.
        Assert.Equal(2, result.ErrorLines.Count(line => !line.Contains("met a busy database")));
        Assert.DoesNotContain("met a busy database", result.ErrorLines[^2]);
    }

    [Fact]
    public async Task A_run_that_is_alive_elsewhere_is_exit_6_and_named()
    {
        var time = new ManualTime();
        using var worker = new TestWorker { Time = time };
        var (first, ended) = worker.Start("run", "give-role", "--sleep", "1h", "--json");
        await time.WhenSomebodyWaits(TimeSpan.FromSeconds(1));

        var second = await worker.RunAsync("run", "give-role", "--json");

        first.Interruption.Raise(System.Runtime.InteropServices.PosixSignal.SIGINT);
        var id = Regex.Match((await ended).Output, "\"run\":\"([0-9a-z]{10})\"").Groups[1].Value;
        Assert.Equal((6, ""), (second.ExitCode, second.Output));
        Assert.Contains($"run {id}", second.Error);
    }

    [Fact]
    public async Task A_bug_is_shown_whole_and_is_exit_1()
    {
        using var worker = new TestWorker();
        worker.Configure = builder => builder.BeforeRun(_ => throw new NotSupportedException("never thought of"));

        var result = await worker.RunAsync("run", "give-role");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("System.NotSupportedException: never thought of", result.Error);
        Assert.Contains("   at ", result.Error);
    }

    [Fact]
    public async Task Nothing_is_left_beside_the_database()
    {
        using var worker = new TestWorker();

        await worker.RunAsync("run", "give-role");

        Assert.Equal([worker.DatabasePath], Directory.GetFiles(Path.GetDirectoryName(worker.DatabasePath)!));
    }
}
