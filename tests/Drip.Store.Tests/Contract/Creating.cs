using Drip.Runs;
using static Drip.Store.Tests.Samples;

namespace Drip.Store.Tests.Contract;

public abstract partial class RunStoreContract
{
    [Fact]
    public async Task A_run_is_found_as_it_was_created()
    {
        var run = ARun(options: """{"department":"eng"}""") with
        {
            Limit = 5_000_000_000,
            Sleep = TimeSpan.FromMilliseconds(100),
            Partitions = 4,
            CreatedBy = "ann",
            StartedAt = Noon.AddSeconds(1),
            FinishedAt = Noon.AddSeconds(2),
            Counters = SomeCounters,
            Error = SomeError,
            Owner = "host|boot|1|2",
            LeaseUntil = Noon.AddSeconds(30),
            Epoch = 3,
        };

        Assert.Null(await Store.CreateAsync(run));

        Assert.Equal(run, await Store.FindAsync(run.Id));
    }

    [Fact]
    public async Task What_a_run_does_not_have_stays_absent()
    {
        await Store.CreateAsync(ARun());

        Assert.Equal(ARun(), await Store.FindAsync("run0000001"));
    }

    [Fact]
    public async Task A_run_that_was_never_created_is_not_found() => Assert.Null(await Store.FindAsync("run0000001"));

    [Theory]
    [InlineData(RunStatus.Pending)]
    [InlineData(RunStatus.Enqueued)]
    [InlineData(RunStatus.Running)]
    [InlineData(RunStatus.Paused)]
    [InlineData(RunStatus.Stopping)]
    public async Task A_live_run_with_the_same_options_is_returned_and_nothing_is_created(RunStatus status)
    {
        var live = ARun("first", status: status);
        await Store.CreateAsync(live);

        Assert.Equal(live, await Store.CreateAsync(ARun("second")));

        Assert.Null(await Store.FindAsync("second"));
    }

    [Theory]
    [InlineData(RunStatus.Stopped)]
    [InlineData(RunStatus.Completed)]
    [InlineData(RunStatus.Failed)]
    public async Task A_run_that_is_over_is_not_in_the_way_of_the_next(RunStatus status)
    {
        await Store.CreateAsync(ARun("first", status: status));

        Assert.Null(await Store.CreateAsync(ARun("second")));
    }

    [Fact]
    public async Task Other_options_are_another_run()
    {
        await Store.CreateAsync(ARun("first", options: """{"age":"1"}"""));

        Assert.Null(await Store.CreateAsync(ARun("second", options: """{"age":"2"}""")));
    }

    [Fact]
    public async Task Another_limit_is_another_run()
    {
        await Store.CreateAsync(ARun("first"));

        Assert.Null(await Store.CreateAsync(ARun("second") with { Limit = 10 }));
        Assert.Equal("second", (await Store.CreateAsync(ARun("third") with { Limit = 10 }))?.Id);
    }

    [Fact]
    public async Task The_same_options_of_another_job_are_another_run()
    {
        await Store.CreateAsync(ARun("first", job: "add-role"));

        Assert.Null(await Store.CreateAsync(ARun("second", job: "normalize-names")));
    }

    [Fact]
    public async Task An_id_that_is_taken_is_refused()
    {
        await Store.CreateAsync(ARun(job: "add-role"));

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Store.CreateAsync(ARun(job: "normalize-names")));
    }

    [Fact]
    public async Task Fifty_creations_at_once_make_one_run()
    {
        var created = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => Task.Run(async () => await Store.CreateAsync(ARun(Id(number))))));

        var winner = Assert.Single(await Store.ListAsync(new RunFilter()));
        Assert.Single(created, live => live is null);
        Assert.All(created.Where(live => live is not null), live => Assert.Equal(winner.Id, live!.Id));
    }
}
