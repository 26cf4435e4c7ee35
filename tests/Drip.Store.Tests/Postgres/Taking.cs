using System.Collections.Concurrent;
using Dapper;
using Drip.Data;
using Drip.Generated;
using Drip.Runs;
using static Drip.Store.Tests.Samples;

namespace Drip.Store.Tests.Postgres;

/// <summary>Taking any run in one statement, instead of looking and claiming.</summary>
public abstract partial class PostgresContract
{
    private static readonly HookSet s_afterRunning = HookSet.None.With(HookPoint.Of(HookTarget.Run, HookStatus.Running, HookMoment.After));
    private static readonly HookSet s_afterFailed = HookSet.None.With(HookPoint.Of(HookTarget.Run, HookStatus.Failed, HookMoment.After));

    public static TheoryData<long> Scanned => [0, 1, 2, 999, 1000, 1_234_567, 12_345_678_901];

    [Theory, MemberData(nameof(Scanned))]
    public async Task What_is_taken_is_what_a_claim_makes_of_it(long scanned)
    {
        var run = ADistinctRun(1) with { Counters = SomeCounters with { Scanned = scanned }, CreatedBy = "ann", Sleep = TimeSpan.FromSeconds(1), Epoch = 4 };
        await AssertTakenAsClaimedAsync(run, ALease("host|boot|12|3", Noon.AddSeconds(5)));
    }

    [Fact]
    public async Task What_was_asked_of_a_run_or_went_wrong_with_it_before_is_over_when_it_is_taken()
    {
        var run = ADistinctRun(1) with
        {
            StartedAt = Noon.AddHours(-1), Error = SomeError, Hooks = s_afterFailed,
            Request = RunRequestKind.Stop, RequestedBy = "ann", RequestedAt = Noon,
        };
        await AssertTakenAsClaimedAsync(run, ALease("me", Noon));
    }

    [Fact]
    public async Task Who_takes_a_run_says_which_hooks_there_are_from_then_on() =>
        await AssertTakenAsClaimedAsync(ADistinctRun(1) with { Hooks = s_afterRunning }, ALease("me", Noon) with { Hooks = s_afterFailed });

    [Fact]
    public async Task A_run_whose_hook_is_told_when_it_runs_is_left_to_a_claim()
    {
        await Store.CreateAsync(ADistinctRun(1) with { Hooks = s_afterRunning | s_afterFailed });
        Assert.Null(await TakeAsync());
        await Store.CreateAsync(ADistinctRun(2) with { Hooks = s_afterFailed });

        Assert.Null(await Store.TakeAsync(Any, ALease("me", Noon) with { Hooks = s_afterRunning }));
        Assert.Equal(Id(2), (await TakeAsync())?.Id);
    }

    [Fact]
    public async Task Only_what_is_enqueued_is_taken()
    {
        foreach (var status in Enum.GetValues<RunStatus>()) await Store.CreateAsync(ADistinctRun((int)status, status));

        Assert.Equal(Id((int)RunStatus.Enqueued), (await TakeAsync())?.Id);
        Assert.Null(await TakeAsync());
    }

    [Fact]
    public async Task The_oldest_run_of_the_jobs_behind_the_mark_is_taken()
    {
        foreach (var number in Enumerable.Range(1, 4)) await Store.CreateAsync(ADistinctRun(number, job: number == 2 ? "other" : "add-role"));

        Assert.Equal(Id(3), (await TakeAsync(after: Id(1)))?.Id);
        Assert.Equal(Id(1), (await TakeAsync())?.Id);
        Assert.Null(await Store.TakeAsync(new TakeFilter([], null), ALease("me", Noon)));
        Assert.Equal(Id(2), (await Store.TakeAsync(new TakeFilter(["none", "other"], null), ALease("me", Noon)))?.Id);
        Assert.Null(await TakeAsync(after: Id(4)));
        Assert.Equal(Id(4), (await TakeAsync())?.Id);
    }

    [Fact]
    public async Task A_run_that_another_is_about_to_take_is_passed_over()
    {
        foreach (var number in (int[])[1, 2]) await Store.CreateAsync(ADistinctRun(number));
        await using var other = Schema.Connect();
        await using var locked = await other.BeginTransactionAsync();
        await other.ExecuteAsync($"SELECT 1 FROM drip_run WHERE id = '{Id(1)}' FOR NO KEY UPDATE");

        Assert.Equal(Id(2), (await TakeAsync())?.Id);
    }

    [Fact]
    public async Task Of_many_workers_that_take_at_once_each_run_goes_to_exactly_one()
    {
        const int runs = 300;
        foreach (var number in Enumerable.Range(1, runs)) await Store.CreateAsync(ADistinctRun(number));
        ConcurrentQueue<Run> taken = [];

        await Task.WhenAll(Enumerable.Range(0, 16).Select(worker => Task.Run(async () =>
        {
            for (string? mark = null; ;)
            {
                if (await Store.TakeAsync(Any with { After = mark }, ALease($"worker {worker}", Noon)) is { } run) taken.Enqueue(run);
                else if (mark is null) break;
                else mark = null;
            }
        })));

        // A run that was passed over because it was just being taken is nobody's only if that failed, and here nothing does.
        Assert.Equal(Enumerable.Range(1, runs).Select(Id), taken.Select(run => run.Id).Order(StringComparer.Ordinal));
        Assert.All(taken, run => Assert.Equal(1, run.Epoch));
        Assert.All(await Store.ListAsync(new RunFilter(Limit: runs)), run => Assert.Contains(run, taken));
    }

    private static TakeFilter Any => new(["add-role"], null);

    private ValueTask<Run?> TakeAsync(string? after = null) => Store.TakeAsync(Any with { After = after }, ALease("me", Noon));

    private async Task AssertTakenAsClaimedAsync(Run run, LeaseClaim claim)
    {
        await Store.CreateAsync(run);
        Assert.Equal(run.Id, (await Store.TakeAsync(Any, claim))?.Id);
        var other = run with { Id = "other", Options = "other" };
        await Store.CreateAsync(other);
        var claimed = await Store.ClaimAsync(other.Id, other.Epoch, claim);

        Assert.Equal(claimed! with { Id = run.Id, Options = run.Options }, await Store.FindAsync(run.Id));
        Assert.Equal(await EventsAsync(other.Id), await EventsAsync(run.Id));
        Assert.Empty(await Store.Outbox.ListAsync(run.Id));

        async Task<RunEvent[]> EventsAsync(string id) => [.. (await Store.ListEventsAsync(id)).Select(happened => happened with { Id = 0, RunId = "" })];
    }
}
