using Drip.Postgres.Tests.Harness;

namespace Drip.Postgres.Tests.Rows;

[Model("keyed")]
internal partial record TextKeyed(string Id, int Revision);

[Model("keyed")]
internal partial record IntKeyed(int Id, int Revision);

[Model("keyed")]
internal partial record GuidKeyed(Guid Id, int Revision);

[Model("keyed")]
internal partial record TimeKeyed(DateTime Id, int Revision);

[Model("keyed")]
internal partial record TwoKeyed([Key(0)] string A, [Key(1)] long B, int Revision);

[Backfill]
internal partial class EachTextKeyed
{
    public Scope<TextKeyed> Scope() => TextKeyed.All;

    public void ProcessElement(TextKeyed row, Changes<TextKeyed> changes) => changes.Update(row with { Revision = row.Revision + 1 });
}

[Backfill]
internal partial class TextKeyedBatches
{
    public Scope<TextKeyed> Scope() => TextKeyed.All;

    public Task<int> ProcessBatchAsync(Batch<TextKeyed> batch, CancellationToken stop) => batch.UpdateAsync($"revision = revision + 1", stop);
}

[Backfill]
internal partial class EachIntKeyed
{
    public Scope<IntKeyed> Scope() => IntKeyed.All;

    public void ProcessElement(IntKeyed row, Changes<IntKeyed> changes) => changes.Update(row with { Revision = row.Revision + 1 });
}

[Backfill]
internal partial class IntKeyedBatches
{
    public Scope<IntKeyed> Scope() => IntKeyed.All;

    public Task<int> ProcessBatchAsync(Batch<IntKeyed> batch, CancellationToken stop) => batch.UpdateAsync($"revision = revision + 1", stop);
}

[Backfill]
internal partial class EachGuidKeyed
{
    public Scope<GuidKeyed> Scope() => GuidKeyed.All;

    public void ProcessElement(GuidKeyed row, Changes<GuidKeyed> changes) => changes.Update(row with { Revision = row.Revision + 1 });
}

[Backfill]
internal partial class GuidKeyedBatches
{
    public Scope<GuidKeyed> Scope() => GuidKeyed.All;

    public Task<int> ProcessBatchAsync(Batch<GuidKeyed> batch, CancellationToken stop) => batch.UpdateAsync($"revision = revision + 1", stop);
}

[Backfill]
internal partial class EachTimeKeyed
{
    public Scope<TimeKeyed> Scope() => TimeKeyed.All;

    public void ProcessElement(TimeKeyed row, Changes<TimeKeyed> changes) => changes.Update(row with { Revision = row.Revision + 1 });
}

[Backfill]
internal partial class TimeKeyedBatches
{
    public Scope<TimeKeyed> Scope() => TimeKeyed.All;

    public Task<int> ProcessBatchAsync(Batch<TimeKeyed> batch, CancellationToken stop) => batch.UpdateAsync($"revision = revision + 1", stop);
}

[Backfill]
internal partial class EachTwoKeyed
{
    public Scope<TwoKeyed> Scope() => TwoKeyed.All;

    public void ProcessElement(TwoKeyed row, Changes<TwoKeyed> changes) => changes.Update(row with { Revision = row.Revision + 1 });
}

[Backfill]
internal partial class TwoKeyedBatches
{
    public Scope<TwoKeyed> Scope() => TwoKeyed.All;

    public Task<int> ProcessBatchAsync(Batch<TwoKeyed> batch, CancellationToken stop) => batch.UpdateAsync($"revision = revision + 1", stop);
}

public sealed class WalkingKeys
{
    private const string Words = "(ARRAY['a', 'A', 'ä', 'Z', 'z', 'é', '-', ' ', '漢', ''])[1 + n % 10] || (n / 10)::text";

    [Theory]
    [InlineData("text", "text COLLATE \"C\"", Words)]
    [InlineData("text", "varchar(40)", Words)]
    [InlineData("text", "text COLLATE \"en-x-icu\"", Words)]
    [InlineData("text", "text COLLATE loose", "(n / 2)::text || 'x' || n")]
    [InlineData("text", "char(8)", "'x' || n")]
    [InlineData("text", "name", Words)]
    [InlineData("text", "citext", "'x' || n")]
    [InlineData("text", "numeric", "(n - 50) * 1.10")]
    [InlineData("text", "float8", "(n - 50) / 7.0")]
    [InlineData("text", "float4", "(n - 50) / 7.0")]
    [InlineData("text", "date", "date '2024-01-01' + n * 40")]
    [InlineData("text", "time", "time '00:00' + n * interval '1 minute'")]
    [InlineData("text", "interval", "n * interval '1 hour 1 microsecond'")]
    [InlineData("text", "inet", "inet '10.0.0.0' + n * 300")]
    [InlineData("text", "bytea", "decode(lpad(to_hex(n), 4, '0'), 'hex')")]
    [InlineData("text", "words", "('w' || n)::words")]
    [InlineData("text", "int", "n - 50")]
    [InlineData("int", "smallint", "n - 50")]
    [InlineData("int", "int", "n * 1000 - 50000")]
    [InlineData("int", "bigint", "n - 50")]
    [InlineData("int", "numeric", "n - 50")]
    [InlineData("int", "natural_number", "n")]
    [InlineData("guid", "uuid", "md5(n::text)::uuid")]
    [InlineData("time", "timestamp", "timestamp '0001-01-01' + n * interval '29 days 1 microsecond'")]
    [InlineData("time", "timestamptz", "timestamptz '9999-12-31 23:59:59.999999 UTC' - n * interval '1 microsecond'")]
    public async Task Every_row_is_met_once_in_either_form(string model, string type, string key)
    {
        await using var bench = await Bench.CreateAsync($"""
            CREATE EXTENSION citext;
            CREATE COLLATION loose (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
            CREATE DOMAIN natural_number AS int CHECK (VALUE > 0);
            DO $$ BEGIN EXECUTE 'CREATE TYPE words AS ENUM (' || (SELECT string_agg(quote_literal('w' || n), ', ' ORDER BY md5(n::text)) FROM generate_series(1, 100) n) || ')'; END $$;
            CREATE TABLE keyed (id {type} PRIMARY KEY, revision int NOT NULL DEFAULT 0);
            INSERT INTO keyed (id) SELECT {key} FROM generate_series(1, 100) n;
            """);

        foreach (var (size, n) in ((int, int)[])[(1, 1), (7, 2), (100, 3)])
        {
            await bench.CompleteAsync($"each-{model}-keyed", size);
            await bench.CompleteAsync($"{model}-keyed-batches", size);
            Assert.Equal($"100 {2 * n}", await bench.AskAsync<string>("SELECT count(*) || ' ' || string_agg(DISTINCT revision::text, ' ') FROM keyed"));
        }
    }

    [Theory]
    [InlineData("text", "bigint")]
    [InlineData("text COLLATE \"en-x-icu\"", "int")]
    [InlineData("char(3)", "numeric")]
    public async Task A_key_of_two_columns_is_walked_in_the_order_of_both(string a, string b)
    {
        await using var bench = await Bench.CreateAsync($"""
            CREATE TABLE keyed (a {a} NOT NULL, b {b} NOT NULL, revision int NOT NULL DEFAULT 0, PRIMARY KEY (a, b));
            INSERT INTO keyed (a, b) SELECT chr(97 + n / 10), n % 10 - 5 FROM generate_series(0, 99) n;
            """);

        await bench.CompleteAsync("each-two-keyed", batchSize: 7);
        await bench.CompleteAsync("two-keyed-batches", batchSize: 7);

        Assert.Equal("100 2", await bench.AskAsync<string>("SELECT count(*) || ' ' || string_agg(DISTINCT revision::text, ' ') FROM keyed"));
    }

    [Fact]
    public async Task A_key_that_no_cursor_can_hold_fails_the_run()
    {
        await using var bench = await Bench.CreateAsync("CREATE TABLE keyed (id timestamp PRIMARY KEY, revision int NOT NULL DEFAULT 0); INSERT INTO keyed VALUES ('2024-01-01'), ('infinity');");
        Assert.Contains("infinit", (await bench.RunAsync("each-time-keyed")).Error!.Message);
        Assert.Contains("infinit", (await bench.RunAsync("time-keyed-batches")).Error!.Message);
    }
}
