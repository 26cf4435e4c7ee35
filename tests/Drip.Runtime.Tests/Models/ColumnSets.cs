namespace Drip.Runtime.Tests.Models;

public sealed class ColumnSets
{
    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(192)]
    [InlineData(255)]
    public void A_column_that_was_added_is_in_the_set_and_no_other(int ordinal)
    {
        var set = default(ColumnSet);
        set.Add(ordinal);

        Assert.Equal([ordinal], Enumerable.Range(0, ColumnSet.Capacity + 10).Where(set.Contains));
        Assert.Equal((1, false), (set.Count, set.IsEmpty));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(200)]
    [InlineData(256)]
    public void The_first_columns_are_those_below_the_count(int count) =>
        Assert.Equal(Enumerable.Range(0, count), Enumerable.Range(0, 300).Where(ColumnSet.First(count).Contains));

    [Fact]
    public void A_column_beyond_the_capacity_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => { var set = default(ColumnSet); set.Add(ColumnSet.Capacity); });

    [Fact]
    public void Sets_are_equal_by_their_columns()
    {
        var (left, right) = (default(ColumnSet), default(ColumnSet));
        left.Add(3);
        left.Add(200);
        right.Add(200);
        Assert.True(left != right);
        right.Add(3);

        Assert.True(left == right);
        Assert.Equal(left.GetHashCode(), right.GetHashCode());
        Assert.True(default(ColumnSet).IsEmpty);
    }
}
