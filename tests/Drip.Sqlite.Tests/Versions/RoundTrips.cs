using Drip.Generated;
using Drip.Producers.Versions;
using Drip.Sqlite.Tests.Codec;
using Drip.Sqlite.Tests.Versions.Harness;
using Drip.Sqlite.Versions;

namespace Drip.Sqlite.Tests.Versions;

public sealed class RoundTrips
{
    private static readonly VersionSettings WithSnapshots = new() { SnapshotFloor = 1 };

    [Fact]
    public Task Values_of_every_type_are_the_same_after_a_change_and_in_a_snapshot() => ReturnAsync(EdgeValues.Rows, row => row with { Id = 1 });

    [Fact]
    public Task Nulls_of_every_type_are_the_same_after_a_change_and_in_a_snapshot() => ReturnAsync(EdgeValues.Nullable, row => row with { Id = 1 });

    [Fact]
    public Task Documents_are_the_same_after_a_change_and_in_a_snapshot() => ReturnAsync(
        [
            new Document(1, new Address("Main", ["a", "b"]), null, new Point(1, 2), null),
            new Document(1, new Address("Main", []), new Address("", ["漢"]), new Point(1, 2), new Point(3, 4)),
            new Document(1, new Address("Main", []), null, new Point(5, 2), new Point(0, 0)),
        ], row => row with { Id = 1 });

    [Fact]
    public async Task A_change_that_left_a_document_alone_reads_without_it()
    {
        await using var bench = new VersionBench();
        var (before, after) = (new Document(1, new Address("Main", []), null, new Point(1, 2), null), new Document(1, new Address("Main", []), null, new Point(3, 2), null));
        var run = bench.Begin(plan: Plans.Of<Document>());
        run.KeepsStates = false;
        run.Append(Change.Create(0, before));
        run.Append(Change.Update(0, before, after with { Address = before.Address }));
        await run.DisposeAsync();

        var change = Assert.Single(bench.Open(plan: run.Plan).Changes(0, 1));

        Assert.Equal(1, change.Columns.Count);
        Assert.Equal((new Point(1, 2), new Point(3, 2)), (((Document)change.Before!).Place, ((Document)change.After!).Place));
        Assert.Equal((1, 1), (((Document)change.Before).Id, ((Document)change.After).Id));
    }

    [Fact]
    public async Task Records_of_a_hundred_columns_keep_all_of_them()
    {
        await using var bench = new VersionBench();
        var run = bench.Begin(plan: Plans.Of<Wide>());
        run.KeepsStates = false;
        var before = EmptyWide();
        var after = before with { C6 = 6, C7 = 7, C63 = -63, C64 = int.MinValue, C100 = int.MaxValue };
        run.Append(Change.Create(0, before));
        run.Append(Change.Update(0, before, after));
        await run.DisposeAsync();
        var reader = bench.Open(plan: run.Plan);

        Assert.Equal(after, Assert.Single(reader.Load(1)[0]));
        Assert.Equal(5, reader.Changes(0, 1).Single().Columns.Count);
    }

    [Fact]
    public async Task A_text_that_is_no_valid_UTF_16_is_an_id_like_any_other()
    {
        await using var bench = new VersionBench();
        var run = bench.Begin();
        string[] ids = ["\uD800", "\uDBFF", "\uD800abcdefg", "\uFFFD", ""];
        run.Append([.. ids.Select(id => Change.Create(1, new Note(id, 1, id)))]);
        await run.DisposeAsync();
        var reader = bench.Open();

        Assert.Equal(run.States[0], reader.Load(0));
        Assert.All(ids, id => Assert.Equal(id, Assert.Single(Assert.Single(reader.Touching(1, id)).Changes).Id.Text));
    }

    // The first row is created, and turned into each of the others; then all of them are created.
    private static async Task ReturnAsync<T>(T[] rows, Func<T, T> asFirst) where T : class, IRecord<T>
    {
        await using var bench = new VersionBench(WithSnapshots);
        var run = bench.Begin(plan: Plans.Of<T>());
        run.KeepsStates = false;
        run.Append(Change.Create(0, asFirst(rows[0])));
        for (var row = 1; row < rows.Length; row++) run.Append(Change.Update(0, asFirst(rows[row - 1]), asFirst(rows[row])));
        run.Append(Change.Delete(0, asFirst(rows[^1])));
        run.Append([.. rows.DistinctBy(T.IdOf).Select(row => Change.Create(0, row))]);
        run.Records[0].AddRange(rows.DistinctBy(T.IdOf));
        await run.Log.FlushAsync();
        run.Append();
        await run.DisposeAsync();
        var reader = bench.Open(plan: run.Plan);

        for (var row = 0; row < rows.Length; row++) SameColumns(asFirst(rows[row]), (T)Assert.Single(reader.Load(row)[0]));
        for (var row = 1; row < rows.Length; row++)
        {
            var change = Assert.Single(reader.Read(row).Changes);
            SameColumns(asFirst(rows[row]), (T)change.After!, change.Columns);
            SameColumns(asFirst(rows[row - 1]), (T)change.Before!, change.Columns);
        }

        SameColumns(asFirst(rows[^1]), (T)reader.Read(rows.Length).Changes.Single().Before!);
        Assert.True(run.Snapshots > 0);
        var last = reader.Load(rows.Length + 2)[0];
        Assert.All(rows.DistinctBy(T.IdOf).Zip(last), pair => SameColumns(pair.First, (T)pair.Second));
    }

    private static void SameColumns<T>(T expected, T actual, ColumnSet? columns = null) where T : class, IRecord<T>
    {
        var differing = T.Diff(expected, actual);
        for (var ordinal = 0; ordinal < T.Schema.Columns.Count; ordinal++)
        {
            if (columns is null || columns.Value.Contains(ordinal)) Assert.False(differing.Contains(ordinal), T.Schema.Columns[ordinal].Name);
        }
    }

    private static Wide EmptyWide()
    {
        var fields = new RecordFields(Plans.Of<Wide>().Models[0].Schema);
        fields.Clear();
        return (Wide)RecordCodec.Of(Plans.Of<Wide>().Models[0]).Read(fields, 1);
    }
}
