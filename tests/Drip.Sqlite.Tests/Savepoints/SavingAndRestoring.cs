using Drip.Data;
using Drip.Sqlite.Tests.Harness;
using Drip.Sqlite.Tests.Partitions;
using Microsoft.Data.Sqlite;

namespace Drip.Sqlite.Tests.Savepoints;

public sealed class SavingAndRestoring
{
    [Fact]
    public async Task What_is_restored_is_undone_and_what_is_kept_commits_with_the_batch()
    {
        await using var bench = new Workbench(Item.TableOf(10));
        await using var table = await new SqliteData(bench.Database).OpenAsync(Scope<Item>.All, default);
        await using (var transaction = await table.BeginAsync(default))
        {
            await TouchAsync(transaction, 1);
            await transaction.SaveAsync(default);
            await TouchAsync(transaction, 2);
            Assert.True(await transaction.RestoreAsync(default));
            await transaction.SaveAsync(default);
            await TouchAsync(transaction, 3);
            await transaction.KeepAsync(default);
            await transaction.CommitAsync(default);
        }

        Assert.Equal([1, 3], bench.List<long>("SELECT id FROM items WHERE revision = 1 ORDER BY id"));
    }

    [Fact]
    public async Task A_transaction_that_is_disposed_again_leaves_the_next_one_alone()
    {
        await using var bench = new Workbench(Item.TableOf(10));
        await using var table = await new SqliteData(bench.Database).OpenAsync(Scope<Item>.All, default);
        var first = await table.BeginAsync(default);
        await first.DisposeAsync();
        await using (var second = await table.BeginAsync(default))
        {
            await TouchAsync(second, 1);
            await first.DisposeAsync();
            await TouchAsync(second, 2);
            await second.CommitAsync(default);
        }

        Assert.Equal([1, 2], bench.List<long>("SELECT id FROM items WHERE revision = 1 ORDER BY id"));
    }

    [Fact]
    public async Task A_statement_that_the_engine_refused_is_undone_alone()
    {
        await using var bench = new Workbench(Item.TableOf(10) + Trigger("ABORT"));
        await using var table = await new SqliteData(bench.Database).OpenAsync(Scope<Item>.All, default);
        await using (var transaction = await table.BeginAsync(default))
        {
            await TouchAsync(transaction, 1);
            await transaction.SaveAsync(default);
            await Assert.ThrowsAsync<SqliteException>(() => TouchAsync(transaction, 7));
            Assert.True(await transaction.RestoreAsync(default));
            await transaction.CommitAsync(default);
        }

        Assert.Equal([1], bench.List<long>("SELECT id FROM items WHERE revision = 1"));
    }

    [Theory]
    [InlineData("trigger")]
    [InlineData("conflict")]
    public async Task A_transaction_that_the_engine_has_rolled_back_cannot_be_restored(string by)
    {
        await using var bench = new Workbench(Item.TableOf(10) + Trigger("ROLLBACK"));
        await using var table = await new SqliteData(bench.Database).OpenAsync(Scope<Item>.All, default);
        await using (var transaction = await table.BeginAsync(default))
        {
            await TouchAsync(transaction, 1);
            await transaction.SaveAsync(default);
            if (by == "trigger") await Assert.ThrowsAsync<SqliteException>(() => TouchAsync(transaction, 7));
            else Assert.Throws<SqliteException>(() => Execute(transaction, "INSERT OR ROLLBACK INTO items (id, name) VALUES (1, 'taken')"));

            Assert.False(await transaction.RestoreAsync(default));
            Assert.Equal("transaction-ended", (await Assert.ThrowsAsync<DripException>(async () => await transaction.SaveAsync(default))).Code);
        }

        Assert.Empty(bench.List<long>("SELECT id FROM items WHERE revision = 1"));
        await using var next = await table.BeginAsync(default);
        await TouchAsync(next, 2);
        await next.CommitAsync(default);
        Assert.Equal([2], bench.List<long>("SELECT id FROM items WHERE revision = 1"));
    }

    [Fact]
    public async Task A_file_that_may_not_grow_is_restored_or_says_that_it_cannot_be()
    {
        await using var bench = new Workbench(Item.TableOf(10));
        await using var table = await new SqliteData(bench.Database).OpenAsync(Scope<Item>.All, default);
        await using (var transaction = await table.BeginAsync(default))
        {
            Execute(transaction, $"PRAGMA max_page_count = {bench.Ask<long>("PRAGMA page_count") + 5}");
            await TouchAsync(transaction, 1);
            await transaction.SaveAsync(default);
            Assert.Throws<SqliteException>(() => Execute(transaction, "UPDATE items SET name = hex(zeroblob(100000))"));

            if (await transaction.RestoreAsync(default)) await transaction.CommitAsync(default);
        }

        Assert.InRange(bench.Ask<long>("SELECT sum(revision) FROM items"), 0, 1);
        Assert.Equal(10, bench.Ask<long>("SELECT count(*) FROM items WHERE name LIKE 'item %'"));
    }

    [Fact]
    public async Task A_reader_of_rows_that_was_left_open_is_in_nobodys_way()
    {
        await using var bench = new Workbench(Item.TableOf(10));
        await using var table = await new SqliteData(bench.Database).OpenAsync(Scope<Item>.All, default);
        await using var transaction = await table.BeginAsync(default);
        await transaction.SaveAsync(default);
        using var reader = Command(transaction, "SELECT id FROM items").ExecuteReader();
        reader.Read();
        await TouchAsync(transaction, 1);

        Assert.True(await transaction.RestoreAsync(default));
        Assert.True(await RevisionAsync(transaction, 1) == 0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_writing_reader_that_was_left_open_is_named(bool restores)
    {
        await using var bench = new Workbench(Item.TableOf(10));
        await using var table = await new SqliteData(bench.Database).OpenAsync(Scope<Item>.All, default);
        await using var transaction = await table.BeginAsync(default);
        await transaction.SaveAsync(default);
        using var reader = Command(transaction, "UPDATE items SET revision = 1 RETURNING id").ExecuteReader();
        reader.Read();

        var error = await Assert.ThrowsAsync<DripException>(async () =>
        {
            if (restores) await transaction.RestoreAsync(default);
            else await transaction.KeepAsync(default);
        });

        Assert.Equal((DripErrorKind.RunFailed, "open-reader"), (error.Kind, error.Code));
    }

    [Fact]
    public async Task A_batch_is_isolated_again_and_again_on_one_table()
    {
        await using var bench = new Workbench(Item.TableOf(10) + Trigger("ABORT"));
        await using var table = await new SqliteData(bench.Database).OpenAsync(Scope<Item>.All, default);
        for (var round = 0; round < 3; round++)
        {
            await using var transaction = await table.BeginAsync(default);
            foreach (var key in await transaction.ReadKeysAsync(default, 100, default))
            {
                await transaction.SaveAsync(default);
                try
                {
                    await transaction.UpdateAsync(Moving.Set($"revision = revision + 1"), KeyRange.Of(key), default);
                    await transaction.KeepAsync(default);
                }
                catch (SqliteException)
                {
                    Assert.True(await transaction.RestoreAsync(default));
                }
            }

            await transaction.CommitAsync(default);
        }

        Assert.Equal([3, 3, 3, 3, 3, 3, 0, 3, 3, 3], bench.List<int>("SELECT revision FROM items ORDER BY id"));
    }

    private static string Trigger(string action) => $"CREATE TRIGGER t BEFORE UPDATE ON items WHEN OLD.id = 7 BEGIN SELECT RAISE({action}, 'no'); END;";

    private static async Task TouchAsync(IBatchTransaction<Item> transaction, long id) =>
        await transaction.UpdateAsync(Moving.Set($"revision = revision + 1"), KeyRange.Of(id), default);

    private static async Task<int> RevisionAsync(IBatchTransaction<Item> transaction, long id)
    {
        var rows = new Item[1];
        await transaction.ReadPageAsync(KeyRange.Of(id), rows, default);
        return rows[0].Revision;
    }

    private static void Execute(IBatchTransaction<Item> transaction, string sql)
    {
        using var command = Command(transaction, sql);
        command.ExecuteNonQuery();
    }

    private static SqliteCommand Command(IBatchTransaction<Item> transaction, string sql) =>
        new(sql, (SqliteConnection)transaction.Connection, (SqliteTransaction)transaction.Transaction);
}
