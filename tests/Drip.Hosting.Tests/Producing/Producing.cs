using System.Text.Json;
using Drip.Hosting.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Drip.Hosting.Tests.Producing;

/// <summary><c>produce</c> and what looks at the versions it wrote, as people type it.</summary>
public sealed class Producing : IDisposable
{
    private readonly TestWorker _worker = new(people: 0);
    private readonly Trouble _trouble = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("drip-versions-").FullName;

    public Producing() => _worker.Configure = builder =>
    {
        builder.Services.AddSingleton(_trouble);
        builder.AddJobs();
    };

    public void Dispose()
    {
        _worker.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Every_step_is_shown_and_the_end_says_where_to_look()
    {
        var result = (await RunAsync("produce", "count-letters")).Succeeds();

        Assert.StartsWith("count-letters: run ", result.Lines[0]);
        Assert.Matches("^Collect/Read succeeded in ", result.Lines[1]);
        Assert.Contains("Count/Measure 3 done", result.Lines);
        Assert.Contains(result.Lines, line => line.StartsWith("Finish/AddUp succeeded in "));
        Assert.Matches("^Count/Measure +succeeded +3$", result.Lines.Single(line => line.StartsWith("Count/Measure  ")));
        Assert.StartsWith($"Succeeded, in {await CountAsync("last")} versions. Next: history ", result.Lines[^1]);
        Assert.Equal("", result.Error);
    }

    [Fact]
    public async Task A_step_that_fails_is_named_and_the_run_goes_on_from_there_when_it_is_mended()
    {
        _trouble.FailFor = "fig";
        var failed = await RunAsync("produce", "count-letters");
        _trouble.FailFor = null;
        var met = new List<string>();
        _trouble.Met = met.Add;

        var mended = await RunAsync("produce", "count-letters", "--from", "last", "--json");

        Assert.Equal(3, failed.ExitCode);
        Assert.Contains("Count/Measure of fig failed: System.InvalidOperationException: Nobody can count fig.", failed.ErrorLines);
        Assert.Contains("The gate of Finish did not open.", failed.Lines);
        Assert.Matches($"^Go on with: produce count-letters --from [0-9a-z]+ --dir {_folder}$", failed.ErrorLines[^1]);
        Assert.DoesNotContain("   at ", failed.Error);
        Assert.True(Json(mended).GetProperty("succeeded").GetBoolean());
        Assert.Equal(["fig"], met);
        Assert.Contains("  Letters = 12", (await RunAsync("diff", "last", "0", Last(mended))).Succeeds().Lines);
    }

    [Fact]
    public async Task The_runs_and_the_versions_of_one_are_listed()
    {
        await RunAsync("produce", "count-letters");
        await RunAsync("produce", "count-letters", "--from", "last@2");

        var runs = (await RunAsync("history")).Succeeds();
        var versions = (await RunAsync("history", "last")).Succeeds();
        var json = Json((await RunAsync("history", "last", "--json")).Succeeds());

        Assert.Matches("^RUN +PRODUCER +VERSIONS +BEGUN +ENDED +OUTCOME +FROM$", runs.Lines[0]);
        Assert.Equal(3, runs.Lines.Length);
        Assert.Matches("count-letters .* succeeded +[0-9a-z]{10}@2$", runs.Lines[2]);
        Assert.Matches("^Run [0-9a-z]+ of count-letters, from [0-9a-z]+@2: [0-9]+ versions, succeeded$", versions.Lines[0]);
        Assert.Contains(versions.Lines, line => line.Contains("step") && line.Contains("Count/Measure") && line.Contains("apple"));
        Assert.Equal("succeeded", json.GetProperty("outcome").GetString());
        Assert.Contains(json.GetProperty("history").EnumerateArray(), version => version.GetProperty("kind").GetString() == "opened");
    }

    [Fact]
    public async Task A_field_is_traced_to_the_step_that_set_it()
    {
        await RunAsync("produce", "count-letters");

        var blame = (await RunAsync("blame", "last", "Word", "pear", "Letters")).Succeeds();
        var json = Json((await RunAsync("blame", "last", "Word", "pear", "Letters", "--json")).Succeeds());

        Assert.Matches("^VERSION +AT +STEP +RECORD +OLD +NEW$", blame.Lines[0]);
        Assert.Matches("Collect/Read +null +null$", blame.Lines[1]);
        Assert.Matches("Count/Measure +pear +null +4$", blame.Lines[2]);
        Assert.Equal([null, 4], json.EnumerateArray().Select(each => each.GetProperty("new") is { ValueKind: JsonValueKind.Number } value ? value.GetInt32() : (int?)null));
    }

    [Fact]
    public async Task The_graph_is_mermaid_or_json()
    {
        var mermaid = (await RunAsync("graph", "count-letters")).Succeeds();
        var json = Json((await _worker.RunAsync("graph", "count-letters", "--format", "json")).Succeeds());

        Assert.Equal("""
            flowchart TD
              subgraph p0["Collect"]
                p0s0["Read"]
              end
              subgraph p1["Count, for each Word, 2 at a time"]
                p1s0["Measure"]
              end
              subgraph p2["Finish"]
                p2gate{"Open?"}
                p2s0["AddUp"]
                p2gate --> p2s0
              end

            """, mermaid.Output, ignoreLineEndingDifferences: true);
        Assert.Equal(["Word"], json.GetProperty("pipelines")[2].GetProperty("gate").GetProperty("reads").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public async Task What_a_run_saved_is_gone_on_with_from_its_file()
    {
        var file = Path.Combine(_folder, "state.json");
        _trouble.FailFor = "pear";
        await RunAsync("produce", "count-letters", "--save", file);
        _trouble.FailFor = null;

        var mended = Json((await RunAsync("produce", "count-letters", "--from", file, "--json")).Succeeds());

        Assert.True(mended.GetProperty("succeeded").GetBoolean());
    }

    [Fact]
    public async Task A_part_of_the_graph_runs_alone()
    {
        var json = Json((await RunAsync("produce", "count-letters", "--until", "Read", "--json")).Succeeds());

        Assert.Equal(["Read succeeded 1"], json.GetProperty("steps").EnumerateArray().Select(step => $"{step.GetProperty("step")} {step.GetProperty("outcome")} {step.GetProperty("count")}"));
    }

    [Theory]
    [InlineData("There is no producer named 'count-leters'.", "Did you mean 'count-letters'?", "produce", "count-leters")]
    [InlineData("'produce' needs the name of a producer.", "Name one of: count-letters.", "produce")]
    [InlineData("There is no durability 'never'.", "Give --durability group, strict or relaxed.", "produce", "count-letters", "--durability", "never")]
    [InlineData("There is no format 'dot'.", "Give --format mermaid or json.", "graph", "count-letters", "--format", "dot")]
    [InlineData("There is no file 'gone.json'.", "Give --from a file that --save wrote, or a run.", "produce", "count-letters", "--from", "gone.json")]
    public async Task A_mistake_is_one_sentence_and_what_to_do(string problem, string remedy, params string[] arguments) =>
        (await _worker.RunAsync(arguments)).IsRefused(problem, remedy);

    [Fact]
    public async Task A_run_or_a_version_that_is_not_there_is_refused()
    {
        (await RunAsync("produce", "count-letters", "--from", "last")).IsRefused(
            $"There is no run of count-letters in the directory {_folder}.", "Name another directory with --dir, or begin a run with 'produce'.");
        await RunAsync("produce", "count-letters");

        var refused = await RunAsync("diff", "last", "99");

        Assert.Equal(2, refused.ExitCode);
        Assert.Matches("^The run [0-9a-z]+ has no version '99'.$", refused.ErrorLines[0]);
    }

    private Task<CommandResult> RunAsync(params string[] arguments) =>
        _worker.RunAsync(arguments[0] == "graph" ? arguments : [.. arguments, "--dir", _folder]);

    private async Task<long> CountAsync(string run) => Json((await RunAsync("history", run, "--json")).Succeeds()).GetProperty("versions").GetInt64();

    private static string Last(CommandResult produced) => (Json(produced).GetProperty("versions").GetInt64() - 1).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static JsonElement Json(CommandResult result) => JsonDocument.Parse(result.Output).RootElement;
}
