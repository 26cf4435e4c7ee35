using Drip.Generated;
using Drip.Generators.Parsing;

namespace Drip.Generators.Tests.Hooks;

/// <summary>The numbers that generated code and the engine have in common.</summary>
public sealed class HookPlaces
{
    public static TheoryData<int> All => [.. Enumerable.Range(0, HookPoint.Count)];

    [Theory]
    [MemberData(nameof(All))]
    public void The_generator_gives_each_place_the_name_that_the_engine_knows(int value)
    {
        var point = new HookPoint(value);
        Assert.Equal(HookPoint.Count, HookNames.Count);
        Assert.Equal(point.ToString(), HookNames.Of(value));
        Assert.Equal(value, HookNames.PointOf(point + "Async"));
        Assert.Equal(point.Moment == HookMoment.Around, HookNames.IsAround(value));
        Assert.Equal(point.Target == HookTarget.Batch, HookNames.IsOfBatch(value));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_place_is_what_it_is_made_of(int value)
    {
        var point = new HookPoint(value);
        Assert.Equal(point, HookPoint.Of(point.Target, point.Status, point.Moment));
        Assert.Equal(point, HookPoint.TryParse(point.ToString()));
        Assert.Equal($"{point.Moment}{point.Target}{point.Status}", point.ToString());
    }

    [Fact]
    public void A_place_has_the_number_that_is_agreed_on() =>
        Assert.Equal((1 * 7 + 2) * 3 + 1, HookPoint.Of(HookTarget.Batch, HookStatus.Running, HookMoment.Around).Value);

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("afterRunCompleted")]
    [InlineData("AfterRunCompletedAsync")]
    [InlineData("AfterRunStopping")]
    public void Other_names_are_of_no_place(string? name) => Assert.Null(HookPoint.TryParse(name));

    [Theory]
    [InlineData(-1)]
    [InlineData(HookPoint.Count)]
    public void There_is_no_other_number(int value) => Assert.Throws<ArgumentOutOfRangeException>(() => new HookPoint(value));

    [Fact]
    public void A_set_has_what_was_put_into_it_and_nothing_else()
    {
        var (first, last) = (new HookPoint(0), new HookPoint(HookPoint.Count - 1));
        var set = HookSet.None.With(first) | HookSet.None.With(last);
        Assert.Equal([first, last], Enumerable.Range(0, HookPoint.Count).Select(static value => new HookPoint(value)).Where(set.Contains));
    }
}
