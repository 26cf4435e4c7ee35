using Drip.Postgres.Tests.Harness;
using Drip.Jobs;
using Drip.Runs;

namespace Drip.Postgres.Tests.Rows;

public sealed class Executing
{
    [Theory]
    [InlineData("each-item")]
    [InlineData("item-batches")]
    public async Task A_run_touches_every_row_once(string job)
    {
        await using var bench = await Bench.CreateAsync(Item.TableOf(1000));
        bench.Script<Item>().CountTouches();

        var run = await bench.CompleteAsync(job, batchSize: 70);

        Assert.Equal("1", await bench.AskAsync<string>("SELECT string_agg(DISTINCT revision::text, ' ') FROM items"));
        Assert.Equal((1000, 1000, 15), (run.Counters.Scanned, run.Counters.Processed, run.Counters.Batches));
    }

    [Theory]
    [InlineData("each-item")]
    [InlineData("item-batches")]
    public async Task A_run_with_a_limit_touches_so_many_rows(string job)
    {
        await using var bench = await Bench.CreateAsync(Item.TableOf(100));
        bench.Script<Item>().CountTouches();

        await bench.CompleteAsync(job, batchSize: 30, limit: 70);

        Assert.Equal(70, await bench.AskAsync<int>("SELECT max(id) FROM items WHERE revision = 1"));
        Assert.Equal(70, await bench.AskAsync<int>("SELECT count(*) FROM items WHERE revision = 1"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(99)]
    [InlineData(200)]
    public async Task A_scope_that_ends_with_a_full_page_or_in_the_middle_of_one_is_walked_to_its_end(int size)
    {
        await using var bench = await Bench.CreateAsync(Item.TableOf(100));
        bench.Script<Item>().CountTouches();
        await bench.CompleteAsync("item-batches", size);
        await bench.CompleteAsync("each-item", size);
        Assert.Equal("2", await bench.AskAsync<string>("SELECT string_agg(DISTINCT revision::text, ' ') FROM items"));
    }

    [Fact]
    public async Task Rows_that_leave_the_scope_while_it_is_walked_shift_nothing()
    {
        await using var bench = await Bench.CreateAsync(Item.TableOf(100));
        bench.Script<Item>().CountTouches().Scope = () => Item.Where($"revision = {0} AND name <> {"item 5"}");

        await bench.CompleteAsync("item-batches", batchSize: 7);

        Assert.Equal(99, await bench.AskAsync<int>("SELECT count(*) FROM items WHERE revision = 1"));
        Assert.Equal(0, await bench.AskAsync<int>("SELECT revision FROM items WHERE id = 5"));
    }

    [Fact]
    public async Task A_batch_that_deletes_its_rows_leaves_the_others()
    {
        await using var bench = await Bench.CreateAsync(Item.TableOf(100));
        bench.Script<Item>().Scope = () => Item.Where($"id % 3 = 0");
        bench.Script<Item>().Batch = (batch, stop) => batch.DeleteAsync(stop);

        var run = await bench.CompleteAsync("item-batches", batchSize: 7);

        Assert.Equal(33, run.Counters.Processed);
        Assert.Equal(67, await bench.AskAsync<int>("SELECT count(*) FROM items WHERE id % 3 <> 0"));
        Assert.Equal(67, await bench.AskAsync<int>("SELECT count(*) FROM items"));
    }

    [Theory]
    [InlineData("each-item")]
    [InlineData("item-batches")]
    public async Task A_scope_that_is_a_select_is_walked_and_its_rows_are_changed(string job)
    {
        await using var bench = await Bench.CreateAsync(Item.TableOf(100) + "CREATE TABLE wanted (id bigint); INSERT INTO wanted SELECT n FROM generate_series(10, 60) n;");
        bench.Script<Item>().CountTouches().Scope = () => Scope<Item>.Sql($"SELECT items.* FROM items JOIN wanted USING (id) WHERE id > {20}");

        await bench.CompleteAsync(job, batchSize: 7);

        Assert.Equal("21 60 40", await bench.AskAsync<string>("SELECT concat_ws(' ', min(id), max(id), count(*)) FROM items WHERE revision = 1"));
    }

    [Theory]
    [InlineData("each-item")]
    [InlineData("item-batches")]
    public async Task A_row_that_fails_is_found_and_the_others_are_applied(string job)
    {
        await using var bench = await Bench.CreateAsync(Item.TableOf(200) + "ALTER TABLE items ADD CHECK (NOT (id = 77 AND revision > 0));");
        bench.Script<Item>().CountTouches();

        var run = await bench.RunAsync(job, batchSize: 50);

        Assert.Equal("77", run.Error!.Element);
        Assert.Equal(1, run.Counters.Quarantined);
        Assert.Equal(["77"], await bench.ListAsync<string>("SELECT id::text FROM items WHERE revision = 0 AND id <= 100 ORDER BY id"));
    }

    [Fact]
    public async Task A_row_that_is_mended_is_tried_again_alone()
    {
        await using var bench = await Bench.CreateAsync(Item.TableOf(50) + "ALTER TABLE items ADD CONSTRAINT whole CHECK (NOT (id = 7 AND revision > 0));");
        bench.Script<Item>().CountTouches();
        var failed = await bench.RunAsync("each-item", batchSize: 20);
        Assert.Equal(RunStatus.Failed, failed.Status);

        await bench.ExecuteAsync("ALTER TABLE items DROP CONSTRAINT whole");
        var run = await bench.ExecuteAsync(await bench.Engine().TakeAsync(new TakeRequest(failed.Id, TakeKind.Retry)));

        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal("1", await bench.AskAsync<string>("SELECT string_agg(DISTINCT revision::text, ' ') FROM items"));
    }

    [Fact]
    public async Task A_method_that_ends_the_transaction_fails_its_run()
    {
        await using var bench = await Bench.CreateAsync(Item.TableOf(10));
        bench.Script<Item>().Batch = async (batch, stop) =>
        {
            await using var command = batch.Connection.CreateCommand();
            command.CommandText = "ROLLBACK";
            await command.ExecuteNonQueryAsync(stop);
            return batch.Size;
        };

        var run = await bench.RunAsync("item-batches", batchSize: 5);

        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.Contains("transaction of the batch ended", run.Error!.Message);
    }

    [Fact]
    public async Task Without_anything_kept_in_a_session_all_is_the_same()
    {
        await using var bench = await Bench.CreateAsync(Item.TableOf(200) + "ALTER TABLE items ADD CHECK (NOT (id = 77 AND revision > 0));", new PostgresSettings { PollOnly = true });
        bench.Script<Item>().CountTouches();

        var run = await bench.RunAsync("each-item", batchSize: 50);

        Assert.Equal("77", run.Error!.Element);
        Assert.Equal(["77"], await bench.ListAsync<string>("SELECT id::text FROM items WHERE revision = 0 AND id <= 100 ORDER BY id"));
    }
}
