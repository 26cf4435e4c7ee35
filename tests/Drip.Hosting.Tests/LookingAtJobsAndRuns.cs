using System.Text.Json;
using Drip.Hosting.Tests.Harness;

namespace Drip.Hosting.Tests;

public sealed class LookingAtJobsAndRuns : IDisposable
{
    private readonly TestWorker _worker = new();

    public void Dispose() => _worker.Dispose();

    [Fact]
    public async Task The_list_has_every_job_in_aligned_columns()
    {
        var result = (await _worker.RunAsync("list")).Succeeds();

        Assert.Equal(
            """
            JOB        TABLE   BATCH  DESCRIPTION
            demanding  people  1,000
            give-role  people     10  Gives a role to everyone without one
            lenient    people     10
            stumble    people     10
            touch      people     10

            """, result.Output);
    }

    [Fact]
    public async Task The_list_as_json_is_an_array_on_one_line()
    {
        var result = (await _worker.RunAsync("list", "--json")).Succeeds();

        Assert.Equal(["demanding", "give-role", "lenient", "stumble", "touch"], Json(result).EnumerateArray().Select(job => job.GetProperty("job").GetString()));
        Assert.Single(result.Lines);
    }

    [Fact]
    public async Task The_options_say_what_they_take_and_their_defaults()
    {
        var result = (await _worker.RunAsync("options", "give-role")).Succeeds();

        Assert.Equal(
            """
            OPTION         TAKES                                       DEFAULT  DESCRIPTION
            --role         a text                                               The role to give.
            --min-id       a whole number from -5 to 500                        Min id
            --active-only  true or false                               true     Active only
            --level        one of Junior, Senior                                Level
            --levels       any of Junior, Senior, separated by commas           Levels
            --token        a text of at least 8 characters                      Token

            """, result.Output);
    }

    [Fact]
    public async Task The_options_as_json_carry_what_a_form_needs()
    {
        var result = (await _worker.RunAsync("options", "give-role", "--json")).Succeeds();

        var level = Json(result).EnumerateArray().Single(option => option.GetProperty("name").GetString() == "level");
        Assert.Equal("enum", level.GetProperty("type").GetString());
        Assert.Equal(["Junior", "Senior"], level.GetProperty("choices").EnumerateArray().Select(choice => choice.GetString()));
    }

    [Fact]
    public async Task A_worker_that_never_ran_has_no_runs()
    {
        Assert.Equal("There are no such runs.\n", (await _worker.RunAsync("runs")).Succeeds().Output);
        Assert.Equal("[]\n", (await _worker.RunAsync("runs", "--json")).Succeeds().Output);
    }

    [Fact]
    public async Task Runs_are_listed_newest_first_and_filtered()
    {
        await _worker.RunAsync("run", "give-role");
        await _worker.RunAsync("run", "stumble");

        var all = (await _worker.RunAsync("runs")).Succeeds();
        var failed = (await _worker.RunAsync("runs", "--status", "failed", "--json")).Succeeds();
        var roles = (await _worker.RunAsync("runs", "--job", "give-role", "--json")).Succeeds();

        Assert.Equal(3, all.Lines.Length);
        Assert.Matches("^[0-9a-z]{10}  stumble    failed ", all.Lines[1]);
        Assert.Matches("^[0-9a-z]{10}  give-role  completed   100    100 ", all.Lines[2]);
        Assert.Equal("stumble", Json(failed).EnumerateArray().Single().GetProperty("job").GetString());
        Assert.Equal("give-role", Json(roles).EnumerateArray().Single().GetProperty("job").GetString());
    }

    [Fact]
    public async Task A_full_page_of_runs_names_the_next_one()
    {
        await _worker.RunAsync("run", "give-role");
        await _worker.RunAsync("run", "give-role");

        var first = (await _worker.RunAsync("runs", "--limit", "1")).Succeeds();
        var before = first.Lines[^1].Split(' ')[^1];
        var second = (await _worker.RunAsync("runs", "--limit", "1", "--before", before)).Succeeds();

        Assert.StartsWith("Older ones: runs --before ", first.Lines[^1]);
        Assert.NotEqual(first.Lines[1], second.Lines[1]);
    }

    [Fact]
    public async Task A_run_is_shown_by_the_beginning_of_its_id()
    {
        await _worker.RunAsync("run", "give-role", "--role", "chef", "--limit", "25");
        var id = Json(await _worker.RunAsync("runs", "--json"))[0].GetProperty("run").GetString()!;

        var result = (await _worker.RunAsync("show", id[..8].ToUpperInvariant())).Succeeds();

        Assert.Equal(
            [$"Run       {id}", "Job       give-role", "Status    completed", "Options   role = chef", "Rows      25 processed, of 25 (at most 25)", "Batches   3 of 10 rows"],
            result.Lines[..6]);
        Assert.Matches(@"^ +3  completed  20 +25 +5 +\d", result.Lines[Array.IndexOf(result.Lines, "Last batches") + 2]);
    }

    [Fact]
    public async Task A_failed_run_is_shown_with_its_row_and_its_stack()
    {
        await _worker.RunAsync("run", "stumble");
        var id = Json(await _worker.RunAsync("runs", "--json"))[0].GetProperty("run").GetString()!;

        var text = (await _worker.RunAsync("show", id)).Succeeds();
        var json = Json((await _worker.RunAsync("show", id, "--json")).Succeeds());

        Assert.Contains("Error     System.IO.InvalidDataException: row 25 is odd", text.Lines);
        Assert.Contains("At row    25", text.Lines);
        Assert.Contains("   at Drip.Hosting.Tests.Harness.Stumble.ProcessAsync", text.Output);
        Assert.Equal("25", json.GetProperty("error").GetProperty("element").GetString());
        Assert.Equal(["failed", "completed", "completed"], json.GetProperty("lastBatches").EnumerateArray().Select(batch => batch.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task What_happened_to_a_run_is_shown_with_the_newest_last()
    {
        _worker.Configure = builder => builder.Configuration["Drip:User"] = "ann";
        await _worker.RunAsync("run", "give-role", "--limit", "25");
        var id = Json(await _worker.RunAsync("runs", "--json"))[0].GetProperty("run").GetString()!;

        var text = (await _worker.RunAsync("show", id)).Succeeds();
        var json = Json(await _worker.RunAsync("show", id, "--json"));

        var heading = Array.IndexOf(text.Lines, "Events");
        Assert.Collection(text.Lines[(heading + 1)..],
            line => Assert.Matches("^AT +EVENT +BY +DETAIL$", line),
            line => Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC  created    ann$", line),
            line => Assert.Matches($"  started    ann +by process {Environment.ProcessId} on .+, at 0 rows$", line),
            line => Assert.Matches($"  completed  process {Environment.ProcessId} on .+  at 25 rows$", line));
        Assert.Equal(["created", "started", "completed"], json.GetProperty("events").EnumerateArray().Select(happened => happened.GetProperty("kind").GetString()));
        Assert.Equal(["who", "detail"], json.GetProperty("events")[0].EnumerateObject().Select(member => member.Name).TakeLast(2));
    }

    [Fact]
    public async Task An_id_that_several_runs_begin_with_is_refused()
    {
        await _worker.RunAsync("run", "give-role");
        await _worker.RunAsync("run", "give-role");
        var ids = Json(await _worker.RunAsync("runs", "--json")).EnumerateArray().Select(run => run.GetProperty("run").GetString()!).ToArray();
        var common = string.Concat(ids[0].Zip(ids[1]).TakeWhile(pair => pair.First == pair.Second).Select(pair => pair.First));

        var result = await _worker.RunAsync("show", common);

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith($"Several runs begin with '{common}'", result.Error);
    }

    [Fact]
    public async Task A_store_is_migrated_once_and_says_what_it_has()
    {
        var before = (await _worker.RunAsync("store", "status")).Succeeds();
        var first = (await _worker.RunAsync("store", "migrate")).Succeeds();
        var second = (await _worker.RunAsync("store", "migrate")).Succeeds();
        var after = (await _worker.RunAsync("store", "status", "--json")).Succeeds();

        Assert.Contains("not yet", before.Output);
        Assert.StartsWith("Applied 1 (", first.Output);
        Assert.EndsWith("is up to date.", second.Lines[0]);
        Assert.All(Json(after).GetProperty("migrations").EnumerateArray(), migration => Assert.Equal(JsonValueKind.String, migration.GetProperty("appliedAt").ValueKind));
    }

    private static JsonElement Json(CommandResult result) => JsonDocument.Parse(result.Succeeds().Output).RootElement;
}
