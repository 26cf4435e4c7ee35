using Drip.Data;
using Drip.Postgres.Data;
using static Drip.Postgres.Tests.Cursors.ProgressBench;

namespace Drip.Postgres.Tests.Cursors;

public sealed class Claiming
{
    [Fact]
    public async Task A_run_that_was_not_planned_has_no_partitions_and_looking_makes_no_tables()
    {
        await using var bench = await CreateAsync();

        Assert.Empty(await bench.Cursors.ListAsync("run", default));
        Assert.Equal(0, await bench.Quarantine.CountAsync("run", default));
        Assert.Equal(0L, await bench.Server.ScalarAsync<long>("SELECT count(*) FROM pg_tables WHERE tablename LIKE 'drip%'"));
    }

    [Fact]
    public async Task A_run_is_planned_once()
    {
        await using var bench = await CreateAsync();

        var first = await bench.Cursors.PlanAsync("run", [3L, 6L], null, default);
        var second = await bench.Cursors.PlanAsync("run", [5L], null, default);

        Assert.Equal(first, second);
        Assert.Equal([(null, 3L), (3L, 6L), (6L, null)], first.Select(cursor => ((Key?)cursor.Lower, (Key?)cursor.Upper)));
        Assert.Equal([0, 1, 2], first.Select(cursor => cursor.Partition));
        Assert.All(first, cursor => Assert.Equal((0L, null, false), (cursor.Epoch, cursor.Owner, cursor.IsDone)));
    }

    [Fact]
    public async Task The_first_partition_is_claimed_with_the_plan()
    {
        await using var bench = await CreateAsync();

        var planned = await bench.Cursors.PlanAsync("run", [3L], Claim("me") with { RunEpoch = 4 }, default);

        Assert.Equal([(1L, "me", Noon.AddSeconds(30), 4L), (0L, null, null, 4L)], planned.Select(cursor => (cursor.Epoch, cursor.Owner, cursor.LeaseUntil, cursor.RunEpoch)));
    }

    [Fact]
    public async Task Of_many_plans_at_once_one_holds_for_all()
    {
        await using var bench = await CreateAsync();
        var rivals = Enumerable.Range(0, 6).Select(_ => (ICursors)new PostgresCursors(bench.Beside())).ToArray();

        var plans = await Task.WhenAll(rivals.Select((rival, i) => Task.Run(async () => await rival.PlanAsync("run", [.. Enumerable.Range(1, i + 1).Select(key => (Key)(long)key)], Claim($"worker {i}"), default))));

        Assert.All(plans, plan => Assert.Equal(plans[0], plan));
    }

    [Fact]
    public async Task A_fence_beside_a_plan_leaves_nothing_unfenced()
    {
        for (var i = 0; i < 10; i++)
        {
            await using var bench = await CreateAsync();
            var other = new PostgresCursors(bench.Beside());

            await Task.WhenAll(Task.Run(async () => await bench.Cursors.PlanAsync("run", [3L, 6L], Claim("me") with { RunEpoch = 1 }, default)), Task.Run(async () => await other.FenceAsync("run", 2, default)));

            Assert.All(await bench.Cursors.ListAsync("run", default), cursor => Assert.Equal((2L, null), (cursor.RunEpoch, cursor.Owner)));
            Assert.Null(await bench.Cursors.ClaimAsync("run", 0, (await bench.Cursors.ListAsync("run", default))[0].Epoch, Claim("me") with { RunEpoch = 1 }, default));
        }
    }

    [Fact]
    public async Task A_claim_takes_the_next_epoch_and_a_lease()
    {
        await using var bench = await CreateAsync();
        await bench.Cursors.PlanAsync("run", [], null, default);

        var claimed = await bench.Cursors.ClaimAsync("run", 0, 0, Claim("me"), default);

        Assert.Equal((1L, "me", Noon.AddSeconds(30), 0), (claimed!.Epoch, claimed.Owner, claimed.LeaseUntil, claimed.Rescues));
        Assert.Equal(claimed, await bench.OnlyAsync("run"));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public async Task Of_many_claims_of_one_epoch_exactly_one_wins(int seed, bool pollOnly)
    {
        await using var bench = await CreateAsync();
        await bench.Cursors.PlanAsync("run", [], null, default);
        var rivals = Enumerable.Range(0, 4).Select(_ => new PostgresCursors(bench.Beside(new PostgresSettings { PollOnly = pollOnly }))).ToArray();

        for (var epoch = 0; epoch < 10; epoch++)
        {
            new Random(seed * 100 + epoch).Shuffle(rivals);
            var claims = await Task.WhenAll(rivals.Select((rival, i) => Task.Run(async () => await rival.ClaimAsync("run", 0, epoch, Claim($"worker {i}"), default))));

            Assert.Equal(epoch + 1, Assert.Single(claims, claim => claim is not null)!.Epoch);
        }
    }

    [Fact]
    public async Task A_partition_taken_from_an_owner_counts_its_rescues_and_one_given_back_does_not()
    {
        await using var bench = await CreateAsync();
        await bench.StartAsync("run");

        var second = await bench.Cursors.ClaimAsync("run", 0, 1, Claim("second"), default);
        var third = await bench.Cursors.ClaimAsync("run", 0, 2, Claim("third"), default);
        var again = await bench.Cursors.ClaimAsync("run", 0, 3, Claim("third"), default);
        await bench.Cursors.ReleaseAsync("run", 0, 4, default);
        var released = await bench.OnlyAsync("run");
        var fourth = await bench.Cursors.ClaimAsync("run", 0, 4, Claim("fourth"), default);

        Assert.Equal((1, 2, 2, 0, 0), (second!.Rescues, third!.Rescues, again!.Rescues, released.Rescues, fourth!.Rescues));
        Assert.Equal((4L, null, null), (released.Epoch, released.Owner, released.LeaseUntil));
    }

    [Fact]
    public async Task A_partition_is_not_given_back_by_a_worker_that_lost_it()
    {
        await using var bench = await CreateAsync();
        await bench.StartAsync("run");
        await bench.Cursors.ClaimAsync("run", 0, 1, Claim("second"), default);

        await bench.Cursors.ReleaseAsync("run", 0, 1, default);

        Assert.Equal("second", (await bench.OnlyAsync("run")).Owner);
    }

    [Fact]
    public async Task A_lease_is_renewed_by_its_holder_only()
    {
        await using var bench = await CreateAsync();
        await bench.StartAsync("run");

        Assert.True(await bench.Cursors.RenewAsync("run", 0, 1, Claim("first", Noon.AddSeconds(10)), default));
        Assert.Equal(Noon.AddSeconds(40), (await bench.OnlyAsync("run")).LeaseUntil);

        await bench.Cursors.ClaimAsync("run", 0, 1, Claim("second"), default);
        Assert.False(await bench.Cursors.RenewAsync("run", 0, 1, Claim("first", Noon.AddSeconds(20)), default));
        Assert.Equal(Noon.AddSeconds(30), (await bench.OnlyAsync("run")).LeaseUntil);
    }

    [Fact]
    public async Task A_renewal_that_comes_after_the_release_or_the_end_changes_nothing()
    {
        await using var bench = await CreateAsync();
        var cursor = Assert.Single(await bench.StartAsync("run"));
        Assert.True(await bench.MoveAsync(cursor with { IsDone = true }));
        Assert.False(await bench.Cursors.RenewAsync("run", 0, 1, Claim("first"), default));

        await bench.Cursors.ReleaseAsync("run", 0, 1, default);

        Assert.False(await bench.Cursors.RenewAsync("run", 0, 1, Claim("first"), default));
        Assert.Null((await bench.OnlyAsync("run")).LeaseUntil);
    }

    [Fact]
    public async Task A_fence_takes_all_partitions_of_one_run()
    {
        await using var bench = await CreateAsync();
        var fenced = await bench.StartAsync("run", 3L, 6L);
        var other = await bench.StartAsync("other");

        await bench.Cursors.FenceAsync("run", 0, default);

        Assert.All(await bench.Cursors.ListAsync("run", default), cursor => Assert.Equal((2L, null, null, 0), (cursor.Epoch, cursor.Owner, cursor.LeaseUntil, cursor.Rescues)));
        foreach (var cursor in fenced) Assert.False(await bench.MoveAsync(cursor));
        Assert.True(await bench.MoveAsync(other[0]));
        Assert.Equal(0, (await bench.Cursors.ClaimAsync("run", 1, 2, Claim("next"), default))!.Rescues);
    }

    [Fact]
    public async Task Who_knows_only_an_older_epoch_of_the_run_claims_nothing()
    {
        await using var bench = await CreateAsync();
        await bench.Cursors.FenceAsync("run", 5, default);

        Assert.Equal((0L, 5L), ((await bench.OnlyAsync("run")).Epoch, (await bench.OnlyAsync("run")).RunEpoch));
        Assert.Null(await bench.Cursors.ClaimAsync("run", 0, 0, Claim("old") with { RunEpoch = 4 }, default));
        Assert.NotNull(await bench.Cursors.ClaimAsync("run", 0, 0, Claim("new") with { RunEpoch = 5 }, default));
    }

    [Fact]
    public async Task Reopening_a_run_forgets_its_rescues_and_frees_what_is_done()
    {
        await using var bench = await CreateAsync();
        var cursors = await bench.StartAsync("run", 5L);
        await bench.MoveAsync(cursors[1] with { IsDone = true });
        await bench.Cursors.ClaimAsync("run", 0, 1, Claim("second"), default);

        await bench.Cursors.ReopenAsync("run", default);

        Assert.Equal([(0, 2L, "second"), (0, 1L, null)], (await bench.Cursors.ListAsync("run", default)).Select(cursor => (cursor.Rescues, cursor.Epoch, cursor.Owner)));
    }
}
