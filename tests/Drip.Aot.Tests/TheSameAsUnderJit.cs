using System.Text.Json.Nodes;

namespace Drip.Aot.Tests;

/// <summary>The published binary does what the same worker does under JIT.</summary>
public sealed class TheSameAsUnderJit : IDisposable
{
    private readonly EmptyFolder _published = new();
    private readonly EmptyFolder _compiled = new();

    public static TheoryData<string> Jobs => ["add-role", "expire-sessions", "fill-totals", "normalize-names", "parse-amounts"];

    [Fact]
    public async Task These_tests_run_every_job_of_the_sample()
    {
        var outcome = await ShopWorker.Published.RunAsync(_published.Path, "list", "--json");

        var jobs = JsonNode.Parse(outcome.Output)!.AsArray().Select(job => (string)job!["job"]!);
        Assert.Equal(Jobs.Select(row => row.Data), jobs);
    }

    [Theory]
    [MemberData(nameof(Jobs))]
    public async Task A_job_answers_the_same_and_leaves_the_same_rows(string job)
    {
        var published = await RunAsync(ShopWorker.Published, _published, job);
        var compiled = await RunAsync(ShopWorker.Compiled, _compiled, job);

        Assert.Equal(compiled, published);
        Assert.Equal(ShopRows.All(_compiled.Database), ShopRows.All(_published.Database));
    }

    [Theory]
    [MemberData(nameof(Jobs))]
    public async Task The_options_of_a_job_are_the_same(string job)
    {
        var published = await ShopWorker.Published.RunAsync(_published.Path, "options", job, "--json");
        var compiled = await ShopWorker.Compiled.RunAsync(_compiled.Path, "options", job, "--json");

        Assert.Equal(compiled, published);
    }

    public void Dispose()
    {
        _published.Dispose();
        _compiled.Dispose();
    }

    // The answer without the run's id and its times.
    private static async Task<string> RunAsync(ShopWorker worker, EmptyFolder folder, string job)
    {
        var seed = await worker.RunAsync(folder.Path, "seed", "--employees", "2000");
        Assert.True(seed.ExitCode == 0, seed.Error);
        var outcome = await worker.RunAsync(folder.Path, "run", job, "--json");
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        var answer = JsonNode.Parse(outcome.Output)!.AsObject();
        foreach (var member in (string[])["run", "durationMs", "rowsPerSecond"]) Assert.True(answer.Remove(member));
        return answer.ToJsonString();
    }
}
