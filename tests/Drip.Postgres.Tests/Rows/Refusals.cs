using Drip.Postgres.Tests.Harness;

namespace Drip.Postgres.Tests.Rows;

public sealed class Refusals
{
    [Theory]
    [InlineData("CREATE TABLE itemz (id int);", "missing-table", "There is no table 'items'", "Did you mean 'itemz'?")]
    [InlineData("CREATE SCHEMA shop; CREATE TABLE shop.items (id int);", "missing-table", "There is no table 'items'", "[Model(\"shop.items\")]")]
    [InlineData("", "missing-table", "There is no table 'items'", "The database has no tables yet")]
    [InlineData("CREATE TABLE items (id bigint PRIMARY KEY, nam text, revision int);", "missing-column", "has no column 'name', which Item.Name stands for", "[Column(\"nam\")]")]
    [InlineData("CREATE TABLE items (id bigint, name text, revision int);", "key-not-unique", "no primary key and no unique index covers it", "CREATE UNIQUE INDEX")]
    [InlineData("CREATE TABLE items (id bigint, name text, revision int); CREATE UNIQUE INDEX ON items (id) WHERE id > 5;", "key-not-unique", "is not unique", "CREATE UNIQUE INDEX")]
    [InlineData("CREATE TABLE items (id bigint, name text, revision int, UNIQUE (id) DEFERRABLE);", "key-not-unique", "is not unique", "CREATE UNIQUE INDEX")]
    [InlineData("CREATE TABLE items (id bigint, name text, revision int, UNIQUE (id, name));", "key-not-unique", "is not unique", "CREATE UNIQUE INDEX")]
    [InlineData("CREATE TABLE items (id bigint, name text, revision int); CREATE UNIQUE INDEX ON items ((id + 0));", "key-not-unique", "is not unique", "CREATE UNIQUE INDEX")]
    [InlineData("CREATE TABLE items (id bigint UNIQUE, name text, revision int); INSERT INTO items VALUES (NULL, '', 0);", "null-key", "items has rows whose key (id) is NULL", "id IS NOT NULL")]
    [InlineData("CREATE VIEW items AS SELECT 1::bigint AS id, ''::text AS name, 1 AS revision;", "not-a-table", "'items' is a view", "Name the table below it")]
    [InlineData("CREATE TABLE items (id bigint PRIMARY KEY, name text, revision text);", "type-mismatch", "items.revision is of the type text, which Item.Revision, an int (or an enum, which is stored as one), cannot hold.", "Make Revision a string")]
    [InlineData("CREATE TABLE items (id bigint PRIMARY KEY, name text, revision float8);", "type-mismatch", "items.revision is of the type float8", "Make Revision a double")]
    [InlineData("CREATE TYPE mood AS ENUM ('a'); CREATE TABLE items (id bigint PRIMARY KEY, name text, revision mood);", "type-mismatch", "items.revision is of the type the enum mood", "Make Revision a string, which holds the name of the enum's value")]
    [InlineData("CREATE TABLE items (id bigint PRIMARY KEY, name text, revision int[]);", "type-mismatch", "items.revision is of the type int4[]", "[Json] member that is an array")]
    public async Task A_table_that_does_not_fit_is_refused_before_a_row_is_touched(string schema, string code, string problem, string remedy)
    {
        await using var bench = await Bench.CreateAsync(schema + "SELECT 1;");
        var error = await Assert.ThrowsAsync<DripException>(async () => await bench.OpenAsync<Item>());
        Assert.Equal(code, error.Code);
        Assert.Contains(problem, error.Message);
        Assert.Contains(remedy, error.Remedy);
    }

    [Theory]
    [InlineData("CREATE TABLE items (id int PRIMARY KEY, name varchar(9), revision smallint);")]
    [InlineData("CREATE TABLE items (id bigint UNIQUE, name text, revision int);")]
    [InlineData("CREATE TABLE items (id bigint, name text, revision int); CREATE UNIQUE INDEX ON items (id) INCLUDE (name);")]
    [InlineData("CREATE TABLE items (id bigint PRIMARY KEY, name text, revision int) PARTITION BY RANGE (id); CREATE TABLE items_1 PARTITION OF items FOR VALUES FROM (0) TO (50); CREATE TABLE items_2 PARTITION OF items DEFAULT;")]
    [InlineData("CREATE TABLE items (id bigint PRIMARY KEY, name text, revision int, shown text GENERATED ALWAYS AS (name || '!') STORED);")]
    public async Task A_table_that_fits_is_walked(string schema)
    {
        await using var bench = await Bench.CreateAsync(schema + "INSERT INTO items (id, name, revision) SELECT n, n, 0 FROM generate_series(1, 100) n;");
        bench.Script<Item>().CountTouches();
        await bench.CompleteAsync("each-item", batchSize: 7);
        await bench.CompleteAsync("item-batches", batchSize: 7);
        Assert.Equal("2", await bench.AskAsync<string>("SELECT string_agg(DISTINCT revision::text, ' ') FROM items"));
    }

    [Fact]
    public async Task A_select_that_yields_too_little_is_refused()
    {
        await using var bench = await Bench.CreateAsync(Item.Table);
        var error = await Assert.ThrowsAsync<DripException>(async () => await bench.OpenAsync(Scope<Item>.Sql($"SELECT id, name FROM items")));
        Assert.Equal("missing-column", error.Code);
        Assert.Contains("yields no column 'revision'", error.Message);
    }

    [Fact]
    public async Task Values_of_every_type_reach_the_server_as_what_they_are()
    {
        await using var bench = await Bench.CreateAsync(Item.TableOf(1));
        var moment = new DateTime(2024, 7, 1, 12, 0, 0, DateTimeKind.Utc);
        bench.Script<Item>().CountTouches().Scope = () => Item.Where($"""
            {true} AND {1} = 1 AND {2L} = 2 AND {"a"} = 'a' AND {1.5} = 1.5 AND {1.5f} = 1.5 AND {1.5m} = 1.5 AND {Guid.Empty} = '00000000-0000-0000-0000-000000000000'
            AND {moment} = timestamptz '2024-07-01 12:00 UTC' AND {DateTime.SpecifyKind(moment, DateTimeKind.Unspecified)} = timestamp '2024-07-01 12:00' AND {new DateTimeOffset(moment)} = timestamptz '2024-07-01 12:00 UTC'
            AND {new DateOnly(2024, 7, 1)} = date '2024-07-01' AND {new TimeOnly(12, 0)} = time '12:00' AND {TimeSpan.FromHours(36)} = interval '36 hours' AND {new byte[] { 1 }} = '\x01'::bytea
            AND {'c'} = 'c' AND {ulong.MaxValue} = 18446744073709551615 AND {uint.MaxValue} = 4294967295 AND {(short)-1} = -1 AND {ushort.MaxValue} = 65535 AND {byte.MaxValue} = 255 AND {sbyte.MinValue} = -128
            AND {DayOfWeek.Friday} = 5 AND name = coalesce({(string?)null}, name) AND id IN ({new[] { 1, 2 }}) AND id NOT IN (SELECT id FROM items WHERE id IN ({Array.Empty<int>()}))
            """);
        await bench.CompleteAsync("each-item");
        await bench.CompleteAsync("item-batches");
        Assert.Equal(2, await bench.AskAsync<int>("SELECT revision FROM items"));
    }
}
