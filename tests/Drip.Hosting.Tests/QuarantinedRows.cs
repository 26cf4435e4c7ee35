using System.Text.Json;
using System.Text.RegularExpressions;
using Drip.Hosting.Tests.Harness;

namespace Drip.Hosting.Tests;

/// <summary>Rows that fail: the exit codes, the command <c>quarantine</c>, and <c>retry</c> after mending them.</summary>
public sealed class QuarantinedRows : IDisposable
{
    private readonly TestWorker _worker = new();

    public QuarantinedRows() => _worker.Configure = builder => builder.Configuration["Drip:User"] = "ann";

    public void Dispose() => _worker.Dispose();

    [Fact]
    public async Task A_run_that_completes_with_rows_in_quarantine_is_exit_5_and_says_what_to_do()
    {
        Spoil(7, 25, 99);

        var result = await _worker.RunAsync("run", "lenient");

        var id = await NewestAsync();
        Assert.Equal(5, result.ExitCode);
        Assert.StartsWith("Completed: 97 of 100 rows in 10 batches, ", result.Lines[^1]);
        Assert.Equal([$"3 rows wait in quarantine; look at them with: quarantine {id}", $"When they are mended, try them again with: retry {id}"], result.ErrorLines);
        Assert.Equal(97, _worker.Count("role = 'seen'"));
    }

    [Fact]
    public async Task The_json_of_such_a_run_counts_them()
    {
        Spoil(7);

        var result = await _worker.RunAsync("run", "lenient", "--json");

        Assert.Equal(5, result.ExitCode);
        Assert.Contains("\"status\":\"completed\",\"processed\":99,\"total\":100,\"quarantined\":1,", result.Output);
        Assert.StartsWith("1 row waits in quarantine; look at it with: quarantine ", result.ErrorLines[0]);
    }

    [Fact]
    public async Task The_rows_are_listed_with_their_errors()
    {
        Spoil(7, 25);
        await _worker.RunAsync("run", "lenient");
        var id = await NewestAsync();

        var text = (await _worker.RunAsync("quarantine", id[..9])).Succeeds();
        var json = Json(await _worker.RunAsync("quarantine", id, "--json"));

        Assert.Collection(text.Lines,
            line => Assert.Matches("^KEY +STATE +ATTEMPTS +AT +ERROR$", line),
            line => Assert.Matches(@"^7 +open +1  \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC  System.IO.InvalidDataException: 'bad 7' is no name$", line),
            line => Assert.StartsWith("25   open", line),
            line => Assert.Equal($"Mend them and try again with: retry {id}, or leave one as it is with: quarantine {id} --skip KEY", line));
        Assert.Equal(["7 open 1 'bad 7' is no name", "25 open 1 'bad 25' is no name"], json.EnumerateArray().Select(row =>
            $"{row.GetProperty("key")} {row.GetProperty("state")} {row.GetProperty("attempts")} {row.GetProperty("error").GetProperty("message")}"));
    }

    [Fact]
    public async Task A_run_without_such_rows_says_so()
    {
        await _worker.RunAsync("run", "lenient");
        var id = await NewestAsync();

        Assert.Equal($"Run {id} of lenient has no rows in quarantine.\n", (await _worker.RunAsync("quarantine", id)).Succeeds().Output);
        Assert.Equal("[]\n", (await _worker.RunAsync("quarantine", id, "--json")).Succeeds().Output);
    }

    [Fact]
    public async Task Rows_that_were_mended_are_retried_and_the_run_is_done()
    {
        Spoil(7, 25);
        await _worker.RunAsync("run", "lenient");
        var id = await NewestAsync();
        Mend(7);

        var half = await _worker.RunAsync("retry", id);
        Mend(25);
        var whole = (await _worker.RunAsync("retry", id, "--json")).Succeeds();

        Assert.Equal((5, $"lenient: retries run {id} at 100 rows, in batches of 10"), (half.ExitCode, half.Lines[0]));
        Assert.Contains("\"processed\":100,\"total\":100,\"quarantined\":0,", whole.Output);
        Assert.Equal(100, _worker.Count("role = 'seen'"));
        (await _worker.RunAsync("verify", "--require", "lenient")).Succeeds();
    }

    [Fact]
    public async Task A_trial_with_rows_in_quarantine_is_retried_too()
    {
        Spoil(7);
        await _worker.RunAsync("run", "lenient", "--limit", "20");
        var id = await NewestAsync();
        Mend(7);

        var result = (await _worker.RunAsync("retry", id, "--json")).Succeeds();

        Assert.Contains("\"processed\":20,\"total\":20,\"quarantined\":0,", result.Output);
        Assert.Equal(20, _worker.Count("role = 'seen'"));
    }

    [Fact]
    public async Task Attempts_count_each_time_that_a_row_was_tried()
    {
        Spoil(7);
        await _worker.RunAsync("run", "lenient");
        var id = await NewestAsync();

        await _worker.RunAsync("retry", id);

        Assert.Equal(2, Json(await _worker.RunAsync("quarantine", id, "--json"))[0].GetProperty("attempts").GetInt32());
    }

    [Fact]
    public async Task More_rows_than_the_job_allows_fail_the_run()
    {
        Spoil(3, 4, 5, 6);

        var result = await _worker.RunAsync("run", "lenient");

        Assert.Equal(3, result.ExitCode);
        Assert.EndsWith("'bad 6' is no name (row 6)", result.ErrorLines[0]);
        Assert.Equal($"4 rows wait in quarantine; look at them with: quarantine {await NewestAsync()}", result.ErrorLines[1]);
    }

    [Fact]
    public async Task A_job_that_allows_none_fails_with_the_rest_of_the_batch_applied_and_goes_on_once_the_row_is_skipped()
    {
        var failed = await _worker.RunAsync("run", "stumble");
        var id = await NewestAsync();
        Assert.Equal((3, 29), (failed.ExitCode, _worker.Count("role = 'seen'")));

        var skipped = (await _worker.RunAsync("quarantine", id, "--skip", "25")).Succeeds();
        var retried = (await _worker.RunAsync("retry", id)).Succeeds();

        Assert.Equal($"Skipped row 25 of run {id}: it stays as it is.\nNo row is left in quarantine; go on with: retry {id}\n", skipped.Output);
        Assert.StartsWith("Completed: 99 of 100 rows ", retried.Lines[^2]);
        Assert.Equal("25", Person("role IS NULL"));
        Assert.Matches("25 +skipped ", (await _worker.RunAsync("quarantine", id)).Output);
    }

    [Fact]
    public async Task Skipping_the_last_row_of_a_completed_run_opens_the_gate()
    {
        Spoil(7, 25);
        await _worker.RunAsync("run", "lenient");
        var id = await NewestAsync();

        var closed = await _worker.RunAsync("verify", "--require", "lenient", "--json");
        var first = (await _worker.RunAsync("quarantine", id, "--skip", "7")).Succeeds();
        (await _worker.RunAsync("quarantine", id, "--skip", "25", "--json")).Succeeds();
        var open = (await _worker.RunAsync("verify", "--require", "lenient")).Succeeds();

        Assert.Equal(3, closed.ExitCode);
        Assert.Contains($"\"done\":false,\"completed\":\"{id}\",\"unfinished\":null,\"quarantined\":2,\"status\":\"completed\"", closed.Output);
        Assert.Equal(
            [$"lenient: run {id} completed, but 2 rows wait in quarantine.",
             $"Mend what is wrong and go on with: retry {id}. Leave rows as they are with: quarantine {id} --skip KEY"],
            closed.ErrorLines);
        Assert.Equal($"1 row waits in quarantine; look with: quarantine {id}", first.Lines[^1]);
        Assert.StartsWith($"lenient: completed, run {id}", open.Output);
    }

    [Fact]
    public async Task Several_rows_are_skipped_at_once_and_who_did_is_kept()
    {
        Spoil(7, 25);
        await _worker.RunAsync("run", "lenient");
        var id = await NewestAsync();

        (await _worker.RunAsync("quarantine", id, "--skip", "7", "--skip", "25")).Succeeds();

        var shown = (await _worker.RunAsync("show", id)).Lines;
        Assert.Contains(shown, line => Regex.IsMatch(line, "  skipped +ann +7$"));
        Assert.Contains(shown, line => Regex.IsMatch(line, "  skipped +ann +25$"));
        Assert.DoesNotContain("in quarantine", string.Join('\n', shown[..8]));
    }

    [Theory]
    [InlineData("26", "Did you mean '25'? Look at the rows with: quarantine {id}.")]
    [InlineData("nobody", "Open: 7, 25.")]
    public async Task A_key_that_is_not_there_is_refused_and_nothing_is_skipped(string key, string remedy)
    {
        Spoil(7, 25);
        await _worker.RunAsync("run", "lenient");
        var id = await NewestAsync();

        var result = await _worker.RunAsync("quarantine", id, "--skip", "7", "--skip", key);

        result.IsRefused($"Run {id} has no row '{key}' in quarantine.", remedy.Replace("{id}", id));
        Assert.All(Json(await _worker.RunAsync("quarantine", id, "--json")).EnumerateArray(), row => Assert.Equal("open", row.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task A_row_that_was_skipped_is_not_skipped_again()
    {
        Spoil(7);
        await _worker.RunAsync("run", "lenient");
        var id = await NewestAsync();
        await _worker.RunAsync("quarantine", id, "--skip", "7");

        (await _worker.RunAsync("quarantine", id, "--skip", "7")).IsRefused(
            $"Row '7' of run {id} is not open: it was skipped.", $"Look at the rows with: quarantine {id}.");
    }

    [Fact]
    public async Task A_completed_run_without_such_rows_has_nothing_to_retry()
    {
        await _worker.RunAsync("run", "lenient");
        var id = await NewestAsync();

        (await _worker.RunAsync("retry", id)).IsRefused(
            $"The run {id} of lenient is completed, so there is nothing to retry.", $"Look at it with: show {id}.");
    }

    [Fact]
    public async Task A_completed_run_with_such_rows_is_not_resumed_but_retried()
    {
        Spoil(7);
        await _worker.RunAsync("run", "lenient");
        var id = await NewestAsync();

        (await _worker.RunAsync("resume", id)).IsRefused(
            $"The run {id} of lenient is completed, so there is nothing to resume.", $"Try its quarantined rows again with: retry {id}.");
    }

    [Fact]
    public async Task Runs_and_show_count_the_rows_and_say_in_which_batch_they_were()
    {
        Spoil(7, 25);
        await _worker.RunAsync("run", "lenient");
        var id = await NewestAsync();

        var listed = (await _worker.RunAsync("runs")).Succeeds();
        var shown = (await _worker.RunAsync("show", id)).Succeeds();

        Assert.Matches("^RUN +JOB +STATUS +ROWS +TOTAL +QUARANTINED +TIME", listed.Lines[0]);
        Assert.Matches("completed +98 +100 +2 ", listed.Lines[1]);
        Assert.Contains("Rows      98 processed, 100 looked at, 2 in quarantine, of 100", shown.Lines);
        Assert.Contains($"Look at   quarantine {id}", shown.Lines);
        Assert.Contains(shown.Lines, line => Regex.IsMatch(line, @"^ +3  completed  20 +30 +9 +1 "));
        Assert.Contains("1 row of the batch up to 30", shown.Output);
    }

    [Fact]
    public async Task A_worker_tells_of_them_on_standard_error()
    {
        Spoil(7);
        await _worker.RunAsync("run", "lenient", "--detach");
        var id = await NewestAsync();

        var result = (await _worker.RunAsync("worker", "--drain")).Succeeds();

        Assert.Matches($"^lenient: run {id} completed: 99 of 100 rows in 10 batches, .+ rows/s\\. 1 row waits in quarantine; look with: quarantine {id}$", Assert.Single(result.ErrorLines));
    }

    private void Spoil(params int[] ids) => Rename("bad", ids);

    private void Mend(params int[] ids) => Rename("person", ids);

    private void Rename(string word, int[] ids)
    {
        using var connection = _worker.OpenDatabase("Mode=ReadWrite");
        TestWorker.Execute(connection, $"UPDATE people SET name = '{word} ' || id WHERE id IN ({string.Join(", ", ids)})");
    }

    private string Person(string condition)
    {
        using var connection = _worker.OpenDatabase("Mode=ReadWrite");
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT group_concat(id) FROM people WHERE {condition}";
        return (string)command.ExecuteScalar()!;
    }

    private async Task<string> NewestAsync() => Json(await _worker.RunAsync("runs", "--json"))[0].GetProperty("run").GetString()!;

    private static JsonElement Json(CommandResult result) => JsonDocument.Parse(result.Succeeds().Output).RootElement;
}
