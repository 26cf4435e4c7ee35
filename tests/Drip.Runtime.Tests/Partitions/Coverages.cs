using Drip.Data;
using Drip.Partitions;

namespace Drip.Runtime.Tests.Partitions;

/// <summary>The proof at a run's end that its partitions cover everything.</summary>
public sealed class Coverages
{
    [Fact]
    public void One_partition_covers_everything() => Coverage.Prove("run", [Part(0, null, null)]);

    [Fact]
    public void Partitions_cover_everything_in_whatever_order_they_are_numbered() =>
        Coverage.Prove("run", [Part(0, null, 10), Part(1, 30, null), Part(2, 10, 20), Part(3, 20, 30)]);

    [Fact]
    public void A_partition_that_is_not_finished_is_named() =>
        AssertBroken("the partition 1 is not finished", Part(0, null, 10), Part(1, 10, null) with { IsDone = false });

    [Fact]
    public void Rows_that_are_still_to_be_tried_again_are_not_done() =>
        AssertBroken("the partition 0 is not finished", Part(0, null, null) with { Retries = 1 });

    [Fact]
    public void A_gap_is_found() => AssertBroken("no partition begins at 10", Part(0, null, 10), Part(1, 11, null));

    [Fact]
    public void An_overlap_is_found() => AssertBroken("two partitions begin at 10", Part(0, null, 10), Part(1, 10, 20), Part(2, 10, null));

    [Fact]
    public void An_open_end_is_found() => AssertBroken("nothing covers the keys behind 20", Part(0, null, 10), Part(1, 10, 20));

    [Fact]
    public void A_partition_beside_the_others_is_found() => AssertBroken("1 of its partitions lie outside", Part(0, null, null), Part(1, 10, 20));

    [Fact]
    public void No_partition_covers_nothing() => AssertBroken("no partition begins at");

    private static void AssertBroken(string problem, params Cursor[] partitions)
    {
        var error = Assert.Throws<DripException>(() => Coverage.Prove("run", partitions));
        Assert.Equal((DripErrorKind.Store, "coverage-broken"), (error.Kind, error.Code));
        Assert.Contains(problem, error.Message);
    }

    private static Cursor Part(int number, long? lower, long? upper) => new("run", number, 1)
    {
        Lower = lower is { } from ? from : (Key?)null,
        Upper = upper is { } to ? to : (Key?)null,
        IsDone = true,
    };
}
