using System.Text.Json;
using Drip.Postgres.Tests.Harness;

namespace Drip.Postgres.Tests.Codec;

public sealed class RoundTrips
{
    private static readonly EveryType[] Rows = [EveryType.Least(1), EveryType.Most(2), EveryType.Empty(3)];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_inserted_is_read_back_equal_whether_rows_go_together_or_one_by_one(bool oneByOne)
    {
        await using var bench = await BenchAsync(oneByOne);
        var read = new List<EveryType>();
        bench.Script<EveryType>().Element = (_, changes) => Array.ForEach(Rows, changes.Insert);
        await bench.CompleteAsync("insert-every-type");

        bench.Script<EveryType>().Element = (row, _) => read.Add(row);
        await bench.CompleteAsync("each-of-every-type", batchSize: 2);

        Assert.Equal(Rows.Select(Describe), read.Select(Describe));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_updated_is_read_back_equal_whether_rows_go_together_or_one_by_one(bool oneByOne)
    {
        await using var bench = await BenchAsync(oneByOne);
        await bench.ExecuteAsync("INSERT INTO every_type (id) VALUES (1), (2), (3)");
        var read = new List<EveryType>();
        bench.Script<EveryType>().Element = (row, changes) => changes.Update(Rows[row.Id - 1]);
        await bench.CompleteAsync("each-of-every-type");

        bench.Script<EveryType>().Element = (row, _) => read.Add(row);
        await bench.CompleteAsync("each-of-every-type");

        Assert.Equal(Rows.Select(Describe), read.Select(Describe));
    }

    [Fact]
    public async Task The_database_sees_the_values_that_were_meant()
    {
        await using var bench = await BenchAsync(oneByOne: false);
        bench.Script<EveryType>().Element = (_, changes) => Array.ForEach(Rows, changes.Insert);
        await bench.CompleteAsync("insert-every-type");

        Assert.True(await bench.AskAsync<bool>("""
            SELECT flag = false AND tiny = -128 AND int8 = -9223372036854775808 AND float8 = '-Infinity' AND amount = -79228162514264337593543950335 AND body = '' AND fixed = ''
              AND uuid = '00000000-0000-0000-0000-000000000000' AND at = '0001-01-01' AND at_zone = '0001-01-01 UTC' AND day = '0001-01-01' AND clock = '00:00' AND span = interval '-1 microsecond'
              AND bytes = '' AND level = -1 AND mood = 'sad' AND inet = '::' AND numbers_text = '{}' AND json_text = 'null' AND domain = 1 AND box = '{"Label":"","Lines":[]}' AND numbers = '{}' AND texts = '{}'
            FROM every_type WHERE id = 1
            """));
        Assert.True(await bench.AskAsync<bool>("""
            SELECT positive = 65535 AND unsigned = 4294967295 AND huge_numeric = 18446744073709551615 AND float8 = 'NaN' AND letter = '漢' AND limited = '1234567890' AND fixed = 'ab' AND citext = 'cItEXT'
              AND at = '9999-12-31 23:59:59.999999' AND moment = '9999-12-31 23:59:59.999999 UTC' AND clock = '23:59:59.999999' AND span = interval '10000000 days 23:59:59.999999' AND bytes = '\x00ff00'
              AND mood = 'Very happy' AND numbers_text = '{1,NULL,3}' AND json_text = '{"a":[1,2]}' AND numbers = '{-2147483648,2147483647}' AND texts = ARRAY['', NULL, 'NULL', 'a,"b"{}\'] AND box->'Lines'->>3 = 'a,"b"{}'
            FROM every_type WHERE id = 2
            """));
        Assert.True(await bench.AskAsync<bool>("SELECT num_nonnulls(VARIADIC ARRAY(SELECT value FROM jsonb_each_text(to_jsonb(every_type)))) = 1 FROM every_type WHERE id = 3"));
    }

    [Fact]
    public async Task A_moment_is_never_shifted()
    {
        await using var bench = await BenchAsync(oneByOne: false);
        await bench.ExecuteAsync("INSERT INTO every_type (id, at, at_zone, moment) VALUES (1, '2024-07-01 12:00', '2024-07-01 12:00+02', '2024-07-01 12:00+02')");
        EveryType? read = null;
        bench.Script<EveryType>().Element = (row, changes) =>
        {
            read = row;
            changes.Update(row with
            {
                At = new DateTime(2024, 7, 2, 12, 0, 0, DateTimeKind.Utc),
                AtZone = new DateTime(2024, 7, 2, 12, 0, 0, DateTimeKind.Utc).ToLocalTime(),
                Moment = new DateTimeOffset(2024, 7, 2, 12, 0, 0, TimeSpan.FromHours(9)),
            });
        };

        await bench.CompleteAsync("each-of-every-type");

        Assert.Equal((new DateTime(2024, 7, 1, 12, 0, 0), DateTimeKind.Unspecified), (read!.At!.Value, read.At.Value.Kind));
        Assert.Equal((new DateTime(2024, 7, 1, 10, 0, 0), DateTimeKind.Utc), (read.AtZone!.Value, read.AtZone.Value.Kind));
        Assert.Equal((new DateTime(2024, 7, 1, 10, 0, 0), TimeSpan.Zero), (read.Moment!.Value.DateTime, read.Moment.Value.Offset));
        Assert.True(await bench.AskAsync<bool>("SELECT at = '2024-07-02 12:00' AND at_zone = '2024-07-02 12:00 UTC' AND moment = '2024-07-02 03:00 UTC' FROM every_type"));
    }

    [Theory]
    [InlineData("at_zone = '2024-01-01'", "has no zone")]
    [InlineData("huge = 1", "is larger than PostgreSQL's integers")]
    [InlineData("whole_amount = 1", "would be rounded")]
    [InlineData("limited = 'x'", "character varying(10)")]
    [InlineData("tiny = 1", "smallint out of range")]
    [InlineData("domain = 1", "positive_check")]
    public async Task A_value_that_would_be_lost_is_refused_and_its_row_is_named(string set, string problem)
    {
        await using var bench = await BenchAsync(oneByOne: false);
        await bench.ExecuteAsync($"INSERT INTO every_type (id) SELECT generate_series(1, 9); UPDATE every_type SET {set} WHERE id = 7");
        bench.Script<EveryType>().Element = (row, changes) => changes.Update(row with
        {
            Flag = true,
            AtZone = row.AtZone is null ? null : new DateTime(2024, 1, 2),
            Huge = row.Huge is null ? null : ulong.MaxValue,
            WholeAmount = row.WholeAmount is null ? null : 1.5m,
            Limited = row.Limited is null ? null : "longer than ten",
            Level = row.Tiny is null ? null : (Level)short.MaxValue,
            Int2 = row.Tiny is null ? null : 5,
            Positive = null,
            Tiny = row.Tiny,
            Domain = row.Domain is null ? null : "-1",
            Unsigned = row.Tiny is null ? null : 4294967295,
        });
        if (set.StartsWith("tiny", StringComparison.Ordinal)) await bench.ExecuteAsync("ALTER TABLE every_type ALTER unsigned TYPE int2");

        var run = await bench.RunAsync("each-of-every-type");

        Assert.Contains(problem, run.Error!.Message);
        Assert.Equal("7", run.Error.Element);
        Assert.Equal("1 2 3 4 5 6 8 9", await bench.AskAsync<string>("SELECT string_agg(id::text, ' ' ORDER BY id) FROM every_type WHERE flag"));
    }

    [Theory]
    [InlineData("tiny = 300", "every_type.tiny holds the number 300 in the row with id = 7, but EveryType.Tiny is a whole number from -128 to 127.")]
    [InlineData("positive = -1", "every_type.positive holds the number -1")]
    [InlineData("unsigned = -1", "every_type.unsigned holds the number -1")]
    [InlineData("huge = -1", "every_type.huge holds the number -1")]
    [InlineData("huge_numeric = 1.5", "every_type.huge_numeric holds the number 1.5")]
    [InlineData("whole_numeric = 100000000000000000000", "every_type.whole_numeric holds the number 100000000000000000000")]
    [InlineData("amount = 'NaN'", "every_type.amount holds a number that is too large, too fine or none")]
    [InlineData("amount = 1e40", "every_type.amount holds a number that is too large, too fine or none")]
    [InlineData("amount = 0.1234567890123456789012345678901234567890", "every_type.amount holds a number that is too large, too fine or none")]
    [InlineData("at = 'infinity'", "every_type.at holds infinity")]
    [InlineData("at_zone = '-infinity'", "every_type.at_zone holds infinity")]
    [InlineData("moment = '20000-01-01'", "every_type.moment holds infinity, or a moment before the year 1 or after the year 9999")]
    [InlineData("day = 'infinity'", "every_type.day holds infinity")]
    [InlineData("day = '0001-12-31 BC'", "every_type.day holds infinity, or a moment before the year 1")]
    [InlineData("clock = '24:00'", "every_type.clock holds 24:00")]
    [InlineData("span = '1 month'", "every_type.span holds an interval of 1 months")]
    [InlineData("letter = 'ab'", "every_type.letter holds the text 'ab'")]
    public async Task A_row_that_cannot_be_read_is_refused_with_its_column_and_member(string set, string problem)
    {
        await using var bench = await BenchAsync(oneByOne: false);
        await bench.ExecuteAsync($"INSERT INTO every_type (id) SELECT generate_series(1, 9); UPDATE every_type SET {set} WHERE id = 7");
        bench.Script<EveryType>().Element = (row, changes) => changes.Update(row with { Flag = true });

        var run = await bench.RunAsync("each-of-every-type");

        Assert.Contains(problem, run.Error!.Message);
        Assert.Contains("id = 7", run.Error.Message);
        Assert.Equal("7", run.Error.Element);
        Assert.Equal("1 2 3 4 5 6 8 9", await bench.AskAsync<string>("SELECT string_agg(id::text, ' ' ORDER BY id) FROM every_type WHERE flag"));
    }

    private static async Task<Bench> BenchAsync(bool oneByOne)
    {
        var bench = await Bench.CreateAsync(Item.TableOf(1) + EveryType.Table + (oneByOne
            ? "CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER each BEFORE INSERT OR UPDATE ON every_type FOR EACH ROW EXECUTE FUNCTION nothing();"
            : ""));
        bench.Script<EveryType>();
        return bench;
    }

    // With everything in it that JSON shows, and what it does not.
    private static string Describe(EveryType row) =>
        JsonSerializer.Serialize(row with { Float4 = null, Float8 = null, Widened = null }) + $" {row.Float4:R} {row.Float8:R} {row.Widened:R} {row.At?.Ticks} {row.AtZone?.Kind} {row.Amount / 1.000000000000000000000000000000000m}";
}
