using Drip.Data;
using Drip.Sqlite.Tests.Harness;
using static Drip.Sqlite.Tests.Partitions.KeyedTable;

namespace Drip.Sqlite.Tests.Partitions;

public sealed class Claiming
{
    [Fact]
    public async Task A_run_that_was_not_planned_has_no_partitions()
    {
        await using var bench = new Workbench(Item.TableOf(1));

        Assert.Empty(await new SqliteData(bench.Database).Cursors.ListAsync("run", default));
    }

    [Fact]
    public async Task A_run_is_planned_once()
    {
        await using var table = await ItemsAsync();

        var first = await table.Cursors.PlanAsync("run", [3L, 6L], null, default);
        var second = await table.Cursors.PlanAsync("run", [5L], null, default);

        Assert.Equal(first, second);
        Assert.Equal([(null, 3L), (3L, 6L), (6L, null)], first.Select(cursor => ((Key?)cursor.Lower, (Key?)cursor.Upper)));
        Assert.Equal([0, 1, 2], first.Select(cursor => cursor.Partition));
        Assert.All(first, cursor => Assert.Equal((0L, null, false), (cursor.Epoch, cursor.Owner, cursor.IsDone)));
    }

    [Fact]
    public async Task A_claim_takes_the_next_epoch_and_a_lease()
    {
        await using var table = await ItemsAsync();
        await table.Cursors.PlanAsync("run", [], null, default);

        var claimed = await table.Cursors.ClaimAsync("run", 0, 0, Claim("me"), default);

        Assert.Equal((1L, "me", Noon.AddSeconds(30), 0), (claimed!.Epoch, claimed.Owner, claimed.LeaseUntil, claimed.Rescues));
        Assert.Equal(claimed, Assert.Single(await table.Cursors.ListAsync("run", default)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Of_many_claims_of_one_epoch_exactly_one_wins(int seed)
    {
        await using var table = await ItemsAsync();
        await table.Cursors.PlanAsync("run", [], null, default);
        // Each database has a writer connection of its own, as another process would.
        var rivals = Enumerable.Range(0, 4).Select(_ => new SqliteData(table.Bench.Open(table.Bench.Path)).Cursors).ToArray();

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
        await using var table = await ItemsAsync();
        await table.StartAsync("run");

        var second = await table.Cursors.ClaimAsync("run", 0, 1, Claim("second"), default);
        var third = await table.Cursors.ClaimAsync("run", 0, 2, Claim("third"), default);
        await table.Cursors.ReleaseAsync("run", 0, 3, default);
        var released = Assert.Single(await table.Cursors.ListAsync("run", default));
        var fourth = await table.Cursors.ClaimAsync("run", 0, 3, Claim("fourth"), default);

        Assert.Equal((1, 2, 0, 0), (second!.Rescues, third!.Rescues, released.Rescues, fourth!.Rescues));
        Assert.Equal((3L, null, null), (released.Epoch, released.Owner, released.LeaseUntil));
    }

    [Fact]
    public async Task A_partition_is_not_given_back_by_a_worker_that_lost_it()
    {
        await using var table = await ItemsAsync();
        await table.StartAsync("run");
        await table.Cursors.ClaimAsync("run", 0, 1, Claim("second"), default);

        await table.Cursors.ReleaseAsync("run", 0, 1, default);

        Assert.Equal("second", Assert.Single(await table.Cursors.ListAsync("run", default)).Owner);
    }

    [Fact]
    public async Task A_lease_is_renewed_by_its_holder_only()
    {
        await using var table = await ItemsAsync();
        await table.StartAsync("run");

        Assert.True(await table.Cursors.RenewAsync("run", 0, 1, Claim("first", Noon.AddSeconds(10)), default));
        Assert.Equal(Noon.AddSeconds(40), Assert.Single(await table.Cursors.ListAsync("run", default)).LeaseUntil);

        await table.Cursors.ClaimAsync("run", 0, 1, Claim("second"), default);
        Assert.False(await table.Cursors.RenewAsync("run", 0, 1, Claim("first", Noon.AddSeconds(20)), default));
        Assert.Equal(Noon.AddSeconds(30), Assert.Single(await table.Cursors.ListAsync("run", default)).LeaseUntil);
    }

    [Fact]
    public async Task A_renewal_that_comes_after_the_release_leaves_the_partition_free()
    {
        await using var table = await ItemsAsync();
        await table.StartAsync("run");
        await table.Cursors.ReleaseAsync("run", 0, 1, default);

        Assert.False(await table.Cursors.RenewAsync("run", 0, 1, Claim("first"), default));
        Assert.Null(Assert.Single(await table.Cursors.ListAsync("run", default)).LeaseUntil);
    }

    [Fact]
    public async Task A_fence_takes_all_partitions_of_one_run()
    {
        await using var table = await ItemsAsync();
        var fenced = await table.StartAsync("run", 3L, 6L);
        var other = await table.StartAsync("other");

        await table.Cursors.FenceAsync("run", 0, default);

        Assert.All(await table.Cursors.ListAsync("run", default), cursor => Assert.Equal((2L, null, null, 0), (cursor.Epoch, cursor.Owner, cursor.LeaseUntil, cursor.Rescues)));
        foreach (var cursor in fenced) Assert.Null(await table.StepAsync(cursor, 1));
        Assert.NotNull(await table.StepAsync(other[0], 1));
        Assert.Equal(0, (await table.Cursors.ClaimAsync("run", 1, 2, Claim("next"), default))!.Rescues);
    }

    [Fact]
    public async Task Reopening_a_run_forgets_its_rescues()
    {
        await using var table = await ItemsAsync();
        await table.StartAsync("run");
        await table.Cursors.ClaimAsync("run", 0, 1, Claim("second"), default);

        await table.Cursors.ReopenAsync("run", default);

        Assert.Equal((0, 2L), Assert.Single((await table.Cursors.ListAsync("run", default)).Select(cursor => (cursor.Rescues, cursor.Epoch))));
    }

    private static Task<KeyedTable> ItemsAsync() => KeyedTable.OpenAsync(new Workbench(Item.TableOf(10)), scope: Scope<Item>.All);
}
