using Drip.Runs;
using static Drip.Store.Tests.Samples;

namespace Drip.Store.Tests.Contract;

public abstract partial class RunStoreContract
{
    [Fact]
    public async Task Work_is_every_run_that_waits_or_is_under_way()
    {
        foreach (var status in Enum.GetValues<RunStatus>()) await Store.CreateAsync(ADistinctRun((int)status, status));

        var found = await Store.FindWorkAsync();

        Assert.Equal([RunStatus.Enqueued, RunStatus.Running, RunStatus.Paused, RunStatus.Stopping], found.Select(run => run.Status));
    }

    [Fact]
    public async Task A_run_that_a_person_paused_is_no_work()
    {
        await HoldAsync();
        await RequestAsync(RunRequestKind.Pause, force: true);

        Assert.Empty(await Store.FindWorkAsync());
    }

    [Fact]
    public async Task A_run_that_its_worker_put_aside_is_work()
    {
        await HoldAsync();
        await ReleaseAsync(RunStatus.Paused, SomeError);

        Assert.Equal(await Store.FindAsync("run0000001"), Assert.Single(await Store.FindWorkAsync()));
    }

    [Theory]
    [InlineData(RunRequestKind.Pause)]
    [InlineData(RunRequestKind.Stop)]
    public async Task A_run_whose_worker_was_asked_for_something_is_work_until_it_obeys(RunRequestKind kind)
    {
        await HoldAsync();
        await RequestAsync(kind);

        Assert.Equal(kind, Assert.Single(await Store.FindWorkAsync()).Request);
    }

    [Fact]
    public async Task Work_is_found_oldest_first_and_in_pages()
    {
        foreach (var number in (int[])[4, 2, 5, 1, 3]) await Store.CreateAsync(ADistinctRun(number, number == 3 ? RunStatus.Completed : RunStatus.Enqueued));

        var first = await Store.FindWorkAsync(limit: 2);
        var second = await Store.FindWorkAsync(after: first[^1].Id, limit: 2);
        var third = await Store.FindWorkAsync(after: second[^1].Id, limit: 2);

        Assert.Equal([Id(1), Id(2)], first.Select(run => run.Id));
        Assert.Equal([Id(4), Id(5)], second.Select(run => run.Id));
        Assert.Empty(third);
    }
}
