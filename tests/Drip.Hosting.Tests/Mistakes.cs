using System.CommandLine;
using Drip.Hosting.Tests.Harness;

namespace Drip.Hosting.Tests;

public sealed class Mistakes : IDisposable
{
    private readonly TestWorker _worker = new(people: 0);

    public void Dispose() => _worker.Dispose();

    [Theory]
    [InlineData("rn give-role", "There is no command 'rn'.", "Did you mean 'run'? Use '--help' to see what it takes.")]
    [InlineData("frobnicate", "There is no command 'frobnicate'.", "Use '--help' to see what it takes.")]
    [InlineData("store stats", "There is no command 'store stats'.", "Did you mean 'store status'? Use 'store --help' to see what it takes.")]
    [InlineData("run give-roll", "There is no job named 'give-roll'.", "Did you mean 'give-role'? Use 'list' to see all jobs.")]
    [InlineData("options give-roll", "There is no job named 'give-roll'.", "Did you mean 'give-role'? Use 'list' to see all jobs.")]
    [InlineData("run", "'run' needs the name of a job.", "Name one of: demanding, give-role, lenient, stumble, touch.")]
    [InlineData("options", "'options' needs the name of a job.", "Use 'list' to see the jobs.")]
    [InlineData("show", "'show' needs the id of a run, or the beginning of it.", "Use 'runs' to see the runs.")]
    [InlineData("pause", "'pause' needs the id of a run, or the beginning of it.", "Use 'runs' to see the runs.")]
    [InlineData("resume --json", "'resume' needs the id of a run, or the beginning of it.", "Use 'runs' to see the runs.")]
    [InlineData("stop zzz --force", "There is no run 'zzz'.", "Use 'runs' to see the runs.")]
    [InlineData("retry zzz", "There is no run 'zzz'.", "Use 'runs' to see the runs.")]
    [InlineData("resume zzz --batch-size 5", "'resume' has no option '--batch-size'.", "Use 'resume --help' to see what it takes.")]
    [InlineData("verify", "'verify' needs the names of the jobs that are required.", "Give them as: verify --require JOB…")]
    [InlineData("verify --require", "'verify' needs the names of the jobs that are required.", "Give them as: verify --require JOB…")]
    [InlineData("verify --require give-role give-roll", "There is no job named 'give-roll'.", "Did you mean 'give-role'? Use 'list' to see all jobs.")]
    [InlineData("store", "'store' needs to know what to do.", "Use 'store status' or 'store migrate'.")]
    [InlineData("list everything", "'everything' is more than 'list' takes.", "Use 'list --help' to see what it takes.")]
    [InlineData("--jsn", "The worker has no option '--jsn'.", "Use '--help' to see what it takes.")]
    [InlineData("list --jsn", "'list' has no option '--jsn'.", "Did you mean --json? Use 'list --help' to see what it takes.")]
    [InlineData("run give-role --rol chef", "'run give-role' has no option '--rol'.", "Did you mean --role? Use 'run give-role --help' to see what it takes.")]
    [InlineData("run give-role --rol=chef", "'run give-role' has no option '--rol'.", "Did you mean --role? Use 'run give-role --help' to see what it takes.")]
    [InlineData("run give-role --active-only --rol chef", "'run give-role' has no option '--rol'.", "Did you mean --role? Use 'run give-role --help' to see what it takes.")]
    [InlineData("run give-role --role --batch-sise 5", "'run give-role' has no option '--batch-sise'.", "Did you mean --batch-size? Use 'run give-role --help' to see what it takes.")]
    [InlineData("run give-role chef", "'chef' is more than 'run give-role' takes.", "Use 'run give-role --help' to see what it takes.")]
    [InlineData("run give-role --role", "--role was given without a value.", "Give --role a text.")]
    [InlineData("run give-role --role a --role b", "--role was given more than once.", "Give --role once: a text.")]
    [InlineData("run give-role --active-only --no-active-only", "--active-only was given more than once.", "Give --active-only once: true or false.")]
    [InlineData("run give-role --level boss", "The value 'boss' of --level is not one of its choices.", "Give --level one of Junior, Senior.")]
    [InlineData("run give-role --levels junior --levels boss", "The value 'junior,boss' of --levels is not a list of its choices.", "Give --levels any of Junior, Senior, separated by commas.")]
    [InlineData("run give-role --token hunter2", "The value *** of --token has fewer than 8 characters.", "Give --token a text of at least 8 characters.")]
    [InlineData("run demanding", "--reason is required and was not given.", "Give --reason a text.")]
    [InlineData("run give-role --batch-size 0", "The value '0' of --batch-size is no such number of rows.", "Give --batch-size a whole number from 1 to 1,000,000.")]
    [InlineData("run give-role --limit many", "The value 'many' of --limit is no such number of rows.", "Give --limit a whole number from 1 to 9,223,372,036,854,775,807.")]
    [InlineData("run give-role --rate fast", "The value 'fast' of --rate is not a number of rows per second greater than 0.", "Give --rate something like 500, 500/s or 0.5.")]
    [InlineData("run give-role --rate 0", "The value '0' of --rate is not a number of rows per second greater than 0.", "Give --rate something like 500, 500/s or 0.5.")]
    [InlineData("run give-role --rate=-5", "The value '-5' of --rate is not a number of rows per second greater than 0.", "Give --rate something like 500, 500/s or 0.5.")]
    [InlineData("run give-role --rate NaN", "The value 'NaN' of --rate is not a number of rows per second greater than 0.", "Give --rate something like 500, 500/s or 0.5.")]
    [InlineData("run give-role --rate 500/m", "The value '500/m' of --rate is not a number of rows per second greater than 0.", "Give --rate something like 500, 500/s or 0.5.")]
    [InlineData("run give-role --sleep soon", "The value 'soon' of --sleep is not a duration of at most a day.", "Give --sleep something like 100ms, 2s or 1m.")]
    [InlineData("runs --status complete", "There is no status 'complete'.", "Did you mean 'completed'? Give one of pending, enqueued, running, paused, stopping, stopped, completed, failed.")]
    [InlineData("runs --limit 0", "The value '0' of --limit is no such number of runs.", "Give --limit a whole number from 1 to 1,000.")]
    public async Task A_mistake_is_told_in_two_sentences(string arguments, string problem, string remedy) =>
        (await _worker.RunAsync(arguments.Split(' '))).IsRefused(problem, remedy);

    [Fact]
    public async Task A_run_that_is_not_there_is_a_mistake() =>
        (await _worker.RunAsync("show", "zzz")).IsRefused("There is no run 'zzz'.", "Use 'runs' to see the runs.");

    [Fact]
    public async Task A_flag_of_run_that_needs_a_value_says_so()
    {
        var result = await _worker.RunAsync("run", "give-role", "--batch-size");

        Assert.Equal((2, 2), (result.ExitCode, result.ErrorLines.Length));
        Assert.Contains("--batch-size", result.ErrorLines[0]);
    }

    [Fact]
    public async Task A_name_with_control_characters_does_not_reach_the_terminal()
    {
        var result = await _worker.RunAsync("\u001b[2Jlist");

        Assert.DoesNotContain('\u001b', result.Error);
    }

    [Fact]
    public async Task A_command_of_the_worker_s_own_is_treated_alike()
    {
        _worker.Configure = builder =>
        {
            var rows = new Option<int>("--rows");
            var seed = new Command("seed", "Make rows") { rows };
            seed.SetAction((parsed, _) => Task.FromException(
                new DripException(DripErrorKind.Store, "no-seed", $"No {parsed.GetValue(rows)} seeds.", "Buy some.")));
            builder.AddCommand(seed);
        };

        var refused = await _worker.RunAsync("seed", "--rows", "many");
        var failed = await _worker.RunAsync("seed", "--rows", "7");

        Assert.Equal((2, 2), (refused.ExitCode, refused.ErrorLines.Length));
        Assert.Equal((7, "No 7 seeds.\nBuy some.\n"), (failed.ExitCode, failed.Error));
    }

    [Fact]
    public async Task Two_jobs_with_one_name_are_a_mistake()
    {
        _worker.Configure = builder => builder.AddBackfill<GiveRole, Person>();

        var result = await _worker.RunAsync("list");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("Two jobs are named give-role", result.Error);
    }
}
