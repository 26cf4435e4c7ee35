using Drip.Runs;
using Drip.Sqlite.Tests.Harness;

namespace Drip.Sqlite.Tests.Codec;

[Model("readings")]
internal partial record Reading([Key(0)] string Sensor, [Key(1)] int Number, [Column("val")] int Value, short? Level, Guid Source, [Column("at")] DateTime TakenAt)
{
    public const string Table = "CREATE TABLE readings (sensor TEXT NOT NULL, number INTEGER NOT NULL, val, level, source, at, PRIMARY KEY (sensor, number));";

    public const string Fine = "1, NULL, '6f9619ff-8b86-d011-b42d-00cf4fc964ff', '2024-01-01'";
}

[Backfill]
internal partial class EachReading
{
    public Scope<Reading> Scope() => Reading.All;

    public void ProcessElement(Reading reading, Changes<Reading> changes) => changes.Update(reading with { Value = reading.Value + 1 });
}

[Backfill]
internal partial class ReadingBatches
{
    public Scope<Reading> Scope() => Reading.All;

    public void ProcessBatch(Batch<Reading> batch, Changes<Reading> changes)
    {
        foreach (var reading in batch.Rows) changes.Update(reading with { Value = reading.Value + 1 });
    }
}

public sealed class UnreadableRows
{
    [Theory]
    [InlineData("NULL, NULL, '6f9619ff-8b86-d011-b42d-00cf4fc964ff', '2024-01-01'", "readings.val holds NULL", "Reading.Value is a whole number and cannot be null")]
    [InlineData("'many', NULL, '6f9619ff-8b86-d011-b42d-00cf4fc964ff', '2024-01-01'", "readings.val holds the text 'many'", "Reading.Value is a whole number")]
    [InlineData("2147483648, NULL, '6f9619ff-8b86-d011-b42d-00cf4fc964ff', '2024-01-01'", "readings.val holds the number 2147483648", "Reading.Value is a whole number of 32 bits")]
    [InlineData("1.5, NULL, '6f9619ff-8b86-d011-b42d-00cf4fc964ff', '2024-01-01'", "readings.val holds the number 1.5", "Reading.Value is a whole number")]
    [InlineData("x'00', NULL, '6f9619ff-8b86-d011-b42d-00cf4fc964ff', '2024-01-01'", "readings.val holds 1 bytes", "Reading.Value is a whole number")]
    [InlineData("1, -32769, '6f9619ff-8b86-d011-b42d-00cf4fc964ff', '2024-01-01'", "readings.level holds the number -32769", "Reading.Level is a whole number of 16 bits")]
    [InlineData("1, NULL, 'not a guid', '2024-01-01'", "readings.source holds the text 'not a guid'", "Reading.Source is a Guid")]
    [InlineData("1, NULL, '6f9619ff-8b86-d011-b42d-00cf4fc964ff', 'yesterday'", "readings.at holds the text 'yesterday'", "Reading.TakenAt is a date and time")]
    public async Task The_run_fails_and_names_table_column_row_and_member(string bad, string problem, string expected)
    {
        foreach (var job in (string[])["each-reading", "reading-batches"])
        {
            await using var bench = new Workbench(Reading.Table);
            bench.Execute($"INSERT INTO readings VALUES ('a', 1, {Reading.Fine}), ('a', 2, {Reading.Fine}), ('b', 1, {Reading.Fine}), ('b', 2, {bad}), ('c', 1, {Reading.Fine})");

            var run = await bench.RunAsync(job, batchSize: 2);

            Assert.Equal(RunStatus.Failed, run.Status);
            Assert.Contains(problem, run.Error!.Message);
            Assert.Contains(expected, run.Error.Message);
            Assert.Contains("sensor, number = (b, 2)", run.Error.Message);
            Assert.Equal("(b, 2)", run.Error.Element);
            Assert.Equal([("a", 1), ("a", 2), ("b", 1)], bench.List<(string, int)>("SELECT sensor, number FROM readings WHERE val = 2 ORDER BY sensor, number"));
            Assert.Equal((4, 3, 2, 1), (run.Counters.Scanned, run.Counters.Processed, run.Counters.Batches, run.Counters.Quarantined));
        }
    }

    [Fact]
    public async Task A_key_that_is_no_UTF_8_is_refused_because_the_walk_could_not_go_on_behind_it()
    {
        await using var bench = new Workbench(Item.Table.Replace("id INTEGER PRIMARY KEY", "id TEXT PRIMARY KEY NOT NULL").Replace("items", "keyed").Replace("name TEXT NOT NULL", "wanted INTEGER NOT NULL"));
        bench.Execute("INSERT INTO keyed VALUES ('a', 1, 0), (CAST(x'80' AS TEXT), 1, 0), (CAST(x'F0' AS TEXT), 1, 0), (CAST(x'FF' AS TEXT), 1, 0)");
        bench.Services.Add(new Paging.Walk());

        var run = await bench.RunAsync("touch-text-keyed", batchSize: 1);

        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.Contains("UTF-8", run.Error!.Message);
        Assert.Equal([1, 0, 0, 0], bench.List<int>("SELECT revision FROM keyed ORDER BY id"));
    }
}
