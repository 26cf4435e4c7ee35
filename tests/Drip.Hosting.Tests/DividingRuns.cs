using System.Text.Json;
using Drip.Hosting.Tests.Harness;

namespace Drip.Hosting.Tests;

/// <summary><c>run --partitions</c>, and what is shown of it.</summary>
public sealed class DividingRuns : IDisposable
{
    private readonly TestWorker _worker = new(people: 1000);

    public void Dispose() => _worker.Dispose();

    [Fact]
    public async Task A_divided_run_says_so_and_handles_each_row_once()
    {
        var result = (await _worker.RunAsync("run", "touch", "--partitions", "4")).Succeeds();

        Assert.EndsWith(", in batches of 10, in 4 partitions", result.Lines[0]);
        Assert.Contains("Completed: 1,000 rows in ", result.Output);
        Assert.Equal(1000, _worker.Count("name LIKE '%x' AND name NOT LIKE '%xx'"));
    }

    [Fact]
    public async Task The_partitions_are_listed_and_shown_with_their_batches()
    {
        await _worker.RunAsync("run", "touch", "--partitions", "4");

        var listed = (await _worker.RunAsync("runs")).Succeeds();
        var id = listed.Lines[1][..10];
        var shown = (await _worker.RunAsync("show", id)).Succeeds();
        var json = JsonDocument.Parse((await _worker.RunAsync("show", id, "--json")).Output).RootElement;

        Assert.Matches("^RUN +JOB +STATUS +ROWS +TOTAL +PARTITIONS +TIME", listed.Lines[0]);
        Assert.Matches("touch +completed +1,000 +1,000 +4 ", listed.Lines[1]);
        Assert.Contains(shown.Lines, line => line.StartsWith("Batches   ", StringComparison.Ordinal) && line.EndsWith(" of 10 rows, in 4 partitions", StringComparison.Ordinal));
        Assert.Contains(shown.Lines, line => line.StartsWith("PARTITION  BATCH  STATUS", StringComparison.Ordinal));
        Assert.Equal(4, json.GetProperty("partitions").GetInt32());
        Assert.All(json.GetProperty("lastBatches").EnumerateArray(), batch => Assert.True(batch.TryGetProperty("partition", out _)));
    }

    [Fact]
    public async Task A_run_of_one_partition_has_no_columns_for_them()
    {
        await _worker.RunAsync("run", "touch");

        Assert.DoesNotContain("PARTITION", (await _worker.RunAsync("runs")).Output);
        Assert.DoesNotContain("PARTITION", (await _worker.RunAsync("show", (await _worker.RunAsync("runs")).Lines[1][..10])).Output);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("65")]
    [InlineData("two")]
    public async Task A_number_of_partitions_that_makes_no_sense_is_refused(string text) =>
        (await _worker.RunAsync("run", "touch", "--partitions", text)).IsRefused(
            $"The value '{text}' of --partitions is no such number of ranges.", "Give --partitions a whole number from 1 to 64.");

    [Fact]
    public async Task A_trial_is_not_divided() =>
        (await _worker.RunAsync("run", "touch", "--partitions", "2", "--limit", "10")).IsRefused(
            "A run with --limit is a trial of the first rows, and those are not divided into partitions.", "Leave out --partitions, or --limit.");
}
