namespace Drip.Store.Tests;

public sealed class TransitionTests
{
    [Fact]
    public void The_code_allows_exactly_what_the_table_says()
    {
        var allowed = Transitions.AllPairs.Where(pair => RunTransitions.IsAllowed(pair.From, pair.To)).Select(Transitions.Name);

        Assert.Equal(Transitions.Allowed.Order(), allowed.Order());
    }
}
