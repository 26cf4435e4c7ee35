using Dapper;
using Drip.Data;
using Drip.Postgres.Tests.Harness;

namespace Drip.Postgres.Tests.Rows;

public sealed class OtherWriters
{
    [Fact]
    public async Task A_change_that_another_makes_while_a_page_is_read_is_waited_for_and_not_lost()
    {
        await using var bench = await Bench.CreateAsync(Item.TableOf(10));
        bench.Script<Item>().Element = (item, changes) => changes.Update(item with { Revision = item.Revision + 1 });
        await using var other = await bench.ConnectAsync();
        await using var transaction = await other.BeginTransactionAsync();
        await other.ExecuteAsync("UPDATE items SET revision = 100 WHERE id = 5");

        var run = bench.CompleteAsync("each-item");
        await WaitForLockAsync(bench);
        await transaction.CommitAsync();
        await run;

        Assert.Equal(101, await bench.AskAsync<int>("SELECT revision FROM items WHERE id = 5"));
    }

    [Fact]
    public async Task A_row_that_was_read_stays_as_it_is_until_the_batch_commits()
    {
        await using var bench = await Bench.CreateAsync(Item.TableOf(3));
        await using var table = await bench.OpenAsync<Item>();
        await using var transaction = await table.BeginAsync(default);
        await transaction.ReadPageAsync(default, new Item[2], default);

        await using var other = await bench.ConnectAsync();
        await other.ExecuteAsync("SET lock_timeout = 100");
        await other.ExecuteAsync("UPDATE items SET revision = 5 WHERE id = 3");
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => other.ExecuteAsync("UPDATE items SET revision = 5 WHERE id = 2"));
    }

    [Fact]
    public async Task A_row_that_another_moves_behind_others_takes_no_row_along()
    {
        await using var bench = await Bench.CreateAsync(Item.TableOf(10));
        await using var table = await bench.OpenAsync<Item>();
        await using var other = await bench.ConnectAsync();
        await using var theirs = await other.BeginTransactionAsync();
        await other.ExecuteAsync("UPDATE items SET id = 1000 WHERE id = 3");

        await using var transaction = await table.BeginAsync(default);
        var rows = new Item[3];
        var read = transaction.ReadPageAsync(default, rows, default).AsTask();
        await WaitForLockAsync(bench);
        await theirs.CommitAsync();

        Assert.Equal(new PageEnd(4L, 3), await read);
        Assert.Equal([1L, 2L, 4L], rows.Select(row => row.Id));
    }

    [Fact]
    public async Task Rows_that_are_added_to_a_page_before_it_is_read_displace_no_other()
    {
        await using var bench = await Bench.CreateAsync(Item.Table + "INSERT INTO items (id, name) SELECT n * 10, '' FROM generate_series(1, 10) n");
        var added = false;
        bench.Script<Item>().Batch = async (batch, stop) =>
        {
            if (!added) await bench.ExecuteAsync("INSERT INTO items (id, name) VALUES (5, ''), (15, ''), (25, '')");
            added = true;
            var rows = batch.Rows;
            await batch.UpdateAsync($"revision = revision + {rows.Count(row => row.Id % 10 == 0)}", stop);
            return rows.Count;
        };

        await bench.CompleteAsync("item-batches", batchSize: 5);

        Assert.Equal("5", await bench.AskAsync<string>("SELECT string_agg(DISTINCT revision::text, ' ') FROM items"));
    }

    [Fact]
    public async Task A_select_is_read_again_when_it_has_changed_before_its_rows_were_locked()
    {
        await using var bench = await Bench.CreateAsync(Item.TableOf(10));
        await using var table = await bench.OpenAsync(Scope<Item>.Sql($"SELECT * FROM items WHERE revision = {0}"));
        await using var other = await bench.ConnectAsync();
        await using var theirs = await other.BeginTransactionAsync();
        await other.ExecuteAsync("UPDATE items SET revision = 1 WHERE id = 2");

        await using var transaction = await table.BeginAsync(default);
        var rows = new Item[3];
        var read = transaction.ReadPageAsync(default, rows, default).AsTask();
        await WaitForLockAsync(bench);
        await theirs.CommitAsync();

        Assert.Equal(new PageEnd(4L, 3), await read);
        Assert.Equal([1L, 3L, 4L], rows.Select(row => row.Id));
    }

    [Fact]
    public async Task A_connection_that_the_server_ends_is_replaced_for_the_next_batch()
    {
        await using var bench = await Bench.CreateAsync(Item.TableOf(10));
        await using var table = await bench.OpenAsync<Item>();
        await using (var transaction = await table.BeginAsync(default))
        {
            await transaction.UpdateAsync(Set($"revision = 9"), default, default);
            await bench.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
            await Assert.ThrowsAnyAsync<Exception>(async () => await transaction.FindPageAsync(default, 5, default));
        }

        await using (var transaction = await table.BeginAsync(default))
        {
            Assert.Equal(10, await transaction.UpdateAsync(Set($"revision = revision + 1"), default, default));
            await transaction.CommitAsync(default);
            await transaction.DisposeAsync();
        }

        Assert.Equal("1", await bench.AskAsync<string>("SELECT string_agg(DISTINCT revision::text, ' ') FROM items"));
    }

    [Fact]
    public async Task After_an_error_the_transaction_goes_on_from_the_savepoint()
    {
        await using var bench = await Bench.CreateAsync(Item.TableOf(10));
        await using var table = await bench.OpenAsync<Item>();
        await using var transaction = await table.BeginAsync(default);
        await transaction.UpdateAsync(Set($"revision = 1"), default, default);
        await transaction.SaveAsync(default);
        await Assert.ThrowsAsync<Npgsql.PostgresException>(async () => await transaction.UpdateAsync(Set($"revision = 1 / 0"), default, default));
        Assert.True(await transaction.RestoreAsync(default));
        await transaction.CommitAsync(default);
        Assert.False(await transaction.RestoreAsync(default));

        Assert.Equal(10, await bench.AskAsync<int>("SELECT sum(revision) FROM items"));
    }

    private static SqlText Set(SqlHandler set) => Scope<Item>.Where(set).Conditions[0];

    private static async Task WaitForLockAsync(Bench bench)
    {
        while (!await bench.AskAsync<bool>("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')")) await Task.Yield();
    }
}
