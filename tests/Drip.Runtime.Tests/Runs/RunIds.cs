using Drip.Runs;
using Drip.Tests.Time;

namespace Drip.Runtime.Tests.Runs;

public sealed class RunIds
{
    [Fact]
    public void Ids_sort_by_the_time_of_their_creation()
    {
        var time = new ManualTimeProvider();
        var ids = new List<string>();
        for (var i = 0; i < 1000; i++)
        {
            ids.Add(RunId.Create(time));
            time.Advance(TimeSpan.FromMilliseconds(1 + (i * i)));
        }

        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.Equal(1000, ids.Distinct().Count());
    }

    [Fact]
    public void Ids_have_ten_letters_and_digits_of_which_none_look_alike()
    {
        for (var i = 0; i < 1000; i++) Assert.Matches("^[0-9abcdefghjkmnpqrstvwxyz]{10}$", RunId.Create(TimeProvider.System));
    }

    [Fact]
    public void Ids_of_one_millisecond_share_all_but_the_last_two_letters()
    {
        var time = new ManualTimeProvider();

        var ids = Enumerable.Range(0, 100).Select(_ => RunId.Create(time)).ToArray();

        Assert.Single(ids.Select(id => id[..8]).Distinct());
        Assert.True(ids.Distinct().Count() > 50);
    }
}
