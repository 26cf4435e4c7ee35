using Drip.Runs;
using static Drip.Store.Tests.Samples;

namespace Drip.Store.Tests.Contract;

public abstract partial class RunStoreContract
{
    [Fact]
    public async Task Runs_are_listed_newest_first_up_to_the_limit()
    {
        foreach (var number in (int[])[2, 1, 3]) await Store.CreateAsync(ADistinctRun(number));

        Assert.Equal([Id(3), Id(2)], await IdsAsync(new RunFilter(Limit: 2)));
    }

    [Fact]
    public async Task Runs_are_filtered_by_job_and_status()
    {
        await Store.CreateAsync(ADistinctRun(1, RunStatus.Failed));
        await Store.CreateAsync(ADistinctRun(2, RunStatus.Failed, "normalize-names"));
        await Store.CreateAsync(ADistinctRun(3, RunStatus.Completed));

        Assert.Equal([Id(3), Id(1)], await IdsAsync(new RunFilter(Job: "add-role")));
        Assert.Equal([Id(2), Id(1)], await IdsAsync(new RunFilter(Status: RunStatus.Failed)));
        Assert.Equal([Id(1)], await IdsAsync(new RunFilter("add-role", RunStatus.Failed)));
    }

    [Fact]
    public async Task Runs_are_found_by_the_beginning_of_their_id()
    {
        foreach (var id in (string[])["ab1", "ab2", "abz", "ac1", "aa9"]) await Store.CreateAsync(ARun(id, options: id));

        Assert.Equal(["abz", "ab2", "ab1"], await IdsAsync(new RunFilter(IdPrefix: "ab")));
        Assert.Equal(["ab2"], await IdsAsync(new RunFilter(IdPrefix: "ab2")));
    }

    [Fact]
    public async Task The_beginning_of_an_id_is_no_pattern()
    {
        await Store.CreateAsync(ARun("ab1"));

        Assert.Empty(await IdsAsync(new RunFilter(IdPrefix: "a%")));
        Assert.Empty(await IdsAsync(new RunFilter(IdPrefix: "__1")));
    }

    [Fact]
    public async Task Paging_through_thousands_of_runs_of_one_moment_loses_none()
    {
        const int count = 3000;
        foreach (var number in Enumerable.Range(0, count)) await Store.CreateAsync(ADistinctRun(number, job: number % 3 == 0 ? "other" : "add-role"));

        List<string> seen = [];
        for (string? before = null; ;)
        {
            var page = await IdsAsync(new RunFilter(Job: "add-role", Before: before, Limit: 97));
            if (page.Length == 0) break;
            seen.AddRange(page);
            before = page[^1];
        }

        Assert.Equal(Enumerable.Range(0, count).Where(number => number % 3 != 0).Select(Id).Reverse(), seen);
    }

    [Fact]
    public async Task Batches_are_listed_newest_first_and_in_pages()
    {
        await HoldAsync();
        foreach (var number in Enumerable.Range(1, 5)) await RecordAsync(ABatch(number));

        Assert.Equal([5, 4], await NumbersAsync(new BatchFilter("run0000001", Limit: 2)));
        Assert.Equal([3, 2], await NumbersAsync(new BatchFilter("run0000001", Before: ABatch(4), Limit: 2)));
        Assert.Empty(await NumbersAsync(new BatchFilter("another")));
    }

    [Fact]
    public async Task Batches_of_several_partitions_are_listed_as_they_finished()
    {
        await HoldAsync();
        foreach (var (number, partition, finished) in ((int, int, int)[])[(1, 0, 3), (1, 1, 1), (2, 1, 2), (3, 1, 4)])
        {
            await RecordAsync(ABatch(number) with { Partition = partition, FinishedAt = Noon.AddSeconds(finished) });
        }

        var listed = await Store.ListBatchesAsync(new BatchFilter("run0000001"));

        Assert.Equal([(1, 3), (0, 1), (1, 2), (1, 1)], listed.Select(batch => (batch.Partition, batch.Number)));
    }

    [Fact]
    public async Task Paging_through_the_batches_of_several_partitions_loses_none()
    {
        await HoldAsync();
        var batches = (from number in Enumerable.Range(1, 25) from partition in Enumerable.Range(0, 4)
                       select ABatch(number) with { Partition = partition, FinishedAt = Noon.AddSeconds(number % 7) }).ToArray();
        await Store.RecordBatchesAsync(batches, SomeCounters, 1, null, null);

        List<BatchRecord> seen = [];
        while (await Store.ListBatchesAsync(new BatchFilter("run0000001", Before: seen.LastOrDefault(), Limit: 9)) is { Count: > 0 } page) seen.AddRange(page);

        Assert.Equal(batches.OrderByDescending(batch => (batch.FinishedAt, batch.Partition, batch.Number)), seen);
    }

    [Fact]
    public async Task Batches_are_filtered_by_status()
    {
        await HoldAsync();
        await RecordAsync(ABatch(1));
        await RecordAsync(ABatch(2, status: RunStatus.Failed, error: SomeError));

        Assert.Equal([2], await NumbersAsync(new BatchFilter("run0000001", RunStatus.Failed)));
    }

    private async Task<string[]> IdsAsync(RunFilter filter) => [.. (await Store.ListAsync(filter)).Select(run => run.Id)];

    private async Task<IReadOnlyList<long>> NumbersAsync(BatchFilter filter) => [.. (await Store.ListBatchesAsync(filter)).Select(batch => batch.Number)];
}
