using Drip.Generated;
using Drip.Producers.Versions;
using Drip.Sqlite.Tests.Versions.Harness;
using Drip.Sqlite.Versions;

namespace Drip.Sqlite.Tests.Versions;

public sealed class ChangedModels
{
    [Fact]
    public async Task A_run_is_read_and_gone_on_from_with_columns_that_came_later_and_may_be_null()
    {
        await using var bench = new VersionBench(new VersionSettings { SnapshotFloor = 1 });
        await WriteAsync(bench);
        var plan = Plans.Of<GrownThing>();
        using var reader = bench.Open(plan: plan);

        Assert.Equal([new GrownThing(1.5, null, 1, "one", null), new GrownThing(2, null, 2, "two", null)], reader.Load(0)[0]);
        Assert.Equal([new GrownThing(1.5, null, 1, "uno", null), new GrownThing(2, null, 2, "two", null)], reader.Load(1)[0]);
        var change = Assert.Single(reader.Read(1).Changes);
        Assert.True(change.Columns.Contains(3));
        Assert.Equal((1, "one", "uno"), (change.Columns.Count, ((GrownThing)change.Before!).Name, ((GrownThing)change.After!).Name));

        var state = new GrownThing(1.5, "red", 1, "uno", 7);
        await using var branch = bench.Storage.Begin(new NewVersionLog(plan, "next", bench.Directory, new VersionOrigin("first", 2), Durability.Relaxed, TimeProvider.System,
            () => new Records([[state], []], 3)));
        branch.Append(new(3, VersionKind.Step, "A", "b", null, 1, DateTimeOffset.UnixEpoch, [Change.Update(0, new GrownThing(1.5, null, 1, "uno", null), state)]));
        await branch.FlushAsync();

        using var later = bench.Open("next", plan);
        Assert.Equal([state], later.Load(3)[0]);
        Assert.Equal([state with { Colour = null, Count = null }], later.Load(2)[0]);
        Assert.Equal([0L, 1L, 3L], later.Touching(0, 1).Select(version => version.Number));
        branch.Reader.Dispose();
    }

    [Fact]
    public async Task A_model_that_lost_a_column_is_refused_with_its_name()
    {
        var error = await RefusedAsync(Plans.Of<SmallThing>());

        Assert.Equal("column-gone", error.Code);
        Assert.Contains("column size of the model Thing", error.Message);
    }

    [Fact]
    public async Task A_column_that_may_not_be_null_and_was_not_written_is_refused_with_its_name()
    {
        var error = await RefusedAsync(Plans.Of<DemandingThing>());

        Assert.Equal("column-new", error.Code);
        Assert.Contains("a column weight that may not be null", error.Message);
    }

    [Fact]
    public async Task A_column_of_another_type_is_refused_with_its_name()
    {
        var error = await RefusedAsync(Plans.Of<OtherThing>());

        Assert.Equal("column-changed", error.Code);
        Assert.Equal("The column size of the model Thing was Single when the run first was written, and is Text now.", error.Message);
    }

    [Fact]
    public async Task A_model_that_is_gone_is_refused_and_found_again_by_its_former_name()
    {
        var error = await RefusedAsync(Plans.Of<Thing>("Item"));

        Assert.Equal("model-gone", error.Code);
        Assert.Contains("the model Thing,", error.Message);

        await using var bench = new VersionBench();
        await WriteAsync(bench);
        var renamed = new ProducerPlan("things", "Tests.Things", [new ModelPlan<Note>("Note"), new ModelPlan<Thing>("Item") { FormerNames = ["Thing"] }], []);
        using var reader = bench.Open(plan: renamed);
        var records = reader.Load(2);
        Assert.Empty(records[0]);
        Assert.Equal([new Thing(1, "uno", 1.5f)], records[1]);
        Assert.Equal([0L, 2L], reader.Touching(1, 2).Select(version => version.Number));
    }

    private static async Task<DripException> RefusedAsync(ProducerPlan plan)
    {
        await using var bench = new VersionBench();
        await WriteAsync(bench);

        var error = Assert.Throws<DripException>(() => bench.Open(plan: plan));

        Assert.Equal(DripErrorKind.Schema, error.Kind);
        Assert.NotEmpty(error.Remedy);
        // No branch is begun either, whose versions could never be read.
        Assert.Equal(error.Message, Assert.Throws<DripException>(() => bench.Storage.Begin(new NewVersionLog(
            plan, "next", bench.Directory, new VersionOrigin("first", 1), Durability.Group, TimeProvider.System, () => throw new InvalidOperationException()))).Message);
        Assert.Single(bench.Storage.List(bench.Directory));
        return error;
    }

    private static async Task WriteAsync(VersionBench bench)
    {
        var run = bench.Begin(plan: Plans.Of<Thing>());
        run.KeepsStates = false;
        run.Append(Change.Create(0, new Thing(1, "one", 1.5f)), Change.Create(0, new Thing(2, "two", 2)));
        run.Append(Change.Update(0, new Thing(1, "one", 1.5f), new Thing(1, "uno", 1.5f)));
        run.Append(Change.Delete(0, new Thing(2, "two", 2)));
        await run.DisposeAsync();
    }

    private sealed class Records(object[][] records, long version) : IRecordView
    {
        public long Version => version;

        public IEnumerable<object> All(int model) => records[model];

        public void Dispose()
        {
        }
    }
}
