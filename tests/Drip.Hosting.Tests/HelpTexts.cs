using Drip.Hosting.Tests.Harness;

namespace Drip.Hosting.Tests;

public sealed class HelpTexts : IDisposable
{
    private readonly TestWorker _worker = new(people: 0);

    public void Dispose() => _worker.Dispose();

    [Theory]
    [InlineData("--help", "list", "options", "run", "runs", "show", "quarantine", "worker", "pause", "stop", "resume", "retry", "verify", "store", "--version", "run --help")]
    [InlineData("list --help", "--json", " list")]
    [InlineData("options --help", "job", "--json", " options demanding")]
    [InlineData("run --help", "give-role", "Gives a role to everyone without one", "stumble", "--batch-size <rows>", "--limit <rows>", "--sleep <time>", "--rate <rows/s>", "--partitions <ranges>", "--detach", "--json", " run demanding --batch-size 500")]
    [InlineData("run give-role --help", "--role <text>", "The role to give: a text", "--min-id <integer>", "from -5 to 500", "--active-only <true|false>", "(default: true)", "--level <choice>", "Junior, Senior", "--batch-size", "run give-role --limit 1000")]
    [InlineData("run demanding --help", "--reason <text>", "(required)")]
    [InlineData("runs --help", "--job <name>", "--status <status>", "--before <run>", "runs --job demanding --status failed")]
    [InlineData("show --help", "--json", "show 0a1b2c")]
    [InlineData("quarantine --help", "--skip <key>", "--json", "quarantine 0a1b2c --skip 777")]
    [InlineData("worker --help", "--concurrency <runs>", "--drain", "--json", "worker --concurrency 4")]
    [InlineData("pause --help", "--force", "pause 0a1b2c")]
    [InlineData("stop --help", "--force", "stop 0a1b2c")]
    [InlineData("resume --help", "--json", "--token <text>", "resume 0a1b2c")]
    [InlineData("retry --help", "--json", "--token <text>", "retry 0a1b2c")]
    [InlineData("verify --help", "--require <job>", "--json", "verify --require demanding")]
    [InlineData("store --help", "migrate", "status", "store status")]
    [InlineData("store migrate --help", "--json", "store migrate --json")]
    public async Task Help_names_what_there_is_and_gives_an_example(string arguments, params string[] contents)
    {
        var result = (await _worker.RunAsync(arguments.Split(' '))).Succeeds();

        Assert.All(contents, content => Assert.Contains(content, result.Output));
        Assert.Contains("Example:", result.Output);
        Assert.DoesNotContain("--no-active-only", result.Output);
        Assert.Equal("", result.Error);
    }

    [Fact]
    public async Task Without_arguments_and_without_a_default_the_worker_shows_its_help()
    {
        var result = (await _worker.RunAsync()).Succeeds();

        Assert.Contains("Commands:", result.Output);
    }

    [Fact]
    public async Task Without_arguments_the_default_command_runs()
    {
        _worker.Configure = builder => builder.DefaultCommand("run", "give-role");

        var result = (await _worker.RunAsync()).Succeeds();

        Assert.StartsWith("give-role: run ", result.Output);
    }

    [Fact]
    public async Task The_version_is_a_version()
    {
        var result = (await _worker.RunAsync("--version")).Succeeds();

        Assert.Matches(@"^\d+\.\d+\.\d+", result.Output);
    }

    [Fact]
    public async Task Completion_knows_the_jobs_and_their_options()
    {
        var jobs = (await _worker.RunAsync("[suggest:9]", "run give-")).Succeeds();
        var options = (await _worker.RunAsync("[suggest:17]", "run give-role --l")).Succeeds();

        Assert.Contains("give-role", jobs.Lines);
        Assert.Contains("--level", options.Lines);
    }
}
