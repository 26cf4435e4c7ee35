using Drip.Producers.Records;
using Drip.Producers.Versions;
using Drip.Runtime.Tests.Producers.Harness;

namespace Drip.Runtime.Tests.Producers;

/// <summary>A million records: what is kept is bounded by the records and what they were is let go.</summary>
public sealed class ManyRecords
{
    private const int Million = 1_000_000;

    [Fact]
    public async Task A_million_records_go_through_a_pipeline_and_leave_nothing_but_themselves_and_the_records_of_their_steps()
    {
        var most = 0;
        var running = 0;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var producer = new Plans().Each("P", steps => steps.Step("S", call =>
        {
            var now = Interlocked.Increment(ref running);
            if (now > most) most = now;
            call.Changes.Update(call.Record with { Hits = 1 });
            Interlocked.Decrement(ref running);
        }), concurrency: 8).Make(storage: new TestStorage { Keeps = false });

        var result = await producer.RunAsync(initial =>
        {
            for (var id = 1; id <= Million; id++) initial.Create(new Item(id, "new"));
        });
        var perRecord = (GC.GetTotalMemory(forceFullCollection: true) - before) / Million;

        Assert.Equal((long)Million, result.Count(StepOutcome.Succeeded));
        Assert.InRange(most, 1, 8);
        // An item, its entry, the step's record with its two texts, and its entry take some 320 bytes; a second version of each would take 150 more.
        Assert.InRange(perRecord, 100, 420);
        Assert.Equal(Million, producer.Store.Find<Item>(Million)!.Id);
        GC.KeepAlive(producer);
    }

    [Fact]
    public void What_nobody_looks_at_any_more_is_let_go_and_what_somebody_looks_at_is_not()
    {
        var tables = new RecordTables(new Plans().Code().Plan, -1, keepsAll: false);
        Write(tables, new RecordChange(0, RecordChangeKind.Create, 1, default, null, new Item(1, "0")), -1);
        var pin = tables.Pin();
        for (var version = 1; version <= 10; version++)
        {
            Write(tables, new RecordChange(0, RecordChangeKind.Update, 1, default, null, new Item(1, $"{version}")), 0);
        }

        var later = tables.Pin();
        Assert.Equal("0", Status(tables, pin.Version));
        tables.Unpin(pin);
        Assert.Equal("10", Status(tables, later.Version));
        Assert.Null(tables[0].Newest(0)!.Older);

        Write(tables, new RecordChange(0, RecordChangeKind.Delete, 1, default, tables[0].Newest(0)!.Value, null), 0);
        Assert.Equal("10", Status(tables, later.Version));
        tables.Unpin(later);
        Assert.Null(tables[0].Newest(0));
        Assert.Equal(-1, tables[0].Find(1));
    }

    private static string Status(RecordTables tables, long version) => new RecordView(tables, version).Find<Item>(1)!.Status;

    private static void Write(RecordTables tables, RecordChange change, int slot)
    {
        tables.Begin();
        tables.Write(change, slot);
    }
}
