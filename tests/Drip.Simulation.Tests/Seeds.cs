using System.Globalization;
using Drip.Simulation.Worlds;

namespace Drip.Simulation;

/// <summary>Some hundred worlds, and those in which something was once wrong. <c>eng/chaos</c> simulates as many as there is time for.</summary>
public sealed class Seeds
{
    private const int Count = 200;

    /// <summary>Seeds that found something, each with what it was.</summary>
    public static TheoryData<int> Corpus => [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "corpus.txt"))
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => int.Parse(line.Split('#')[0], CultureInfo.InvariantCulture))];

    [Fact]
    public void Whatever_goes_wrong_each_row_is_changed_once_and_every_run_comes_to_its_end()
    {
        var outcomes = Enumerable.Range(1, Count).AsParallel().Select(seed => SeedRun.Of(seed)).ToArray();
        Assert.Empty(outcomes.Select(outcome => outcome.Problem).OfType<string>());
        Assert.True(outcomes.Sum(outcome => outcome.Commits) > Count, "Hardly anything was done in these worlds.");
    }

    [Theory, MemberData(nameof(Corpus))]
    public void What_a_seed_has_found_stays_mended(int seed) => Assert.Null(SeedRun.Of(seed).Problem);

    [Theory, InlineData(2), InlineData(3), InlineData(5), InlineData(26)]
    public void A_seed_is_the_same_world_each_time(int seed) => Assert.Equal(SeedRun.Of(seed), SeedRun.Of(seed));
}
