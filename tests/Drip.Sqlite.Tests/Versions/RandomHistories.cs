using Drip.Producers.Versions;
using Drip.Sqlite.Tests.Versions.Harness;
using Drip.Sqlite.Versions;

namespace Drip.Sqlite.Tests.Versions;

public sealed class RandomHistories
{
    // Small, so that a short history has many snapshots, of many pieces, and versions of several parts.
    private static readonly VersionSettings Small = new() { SnapshotFloor = 200, PieceSize = 600, PartSize = 60, GroupSize = 7 };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Every_version_is_as_it_was_also_in_branches_of_branches(int seed)
    {
        await using var bench = new VersionBench(Small);
        var random = new Random(seed);
        var root = bench.Begin();
        await WriteAsync(root, new RandomChanges(seed), random, 120);
        var branch = bench.Branch(root, 70, "branch");
        await WriteAsync(branch, new RandomChanges(seed + 100), random, 60);
        var early = bench.Branch(branch, 40, "early");
        await WriteAsync(early, new RandomChanges(seed + 200), random, 30);
        var late = bench.Branch(branch, 100, "late");
        await WriteAsync(late, new RandomChanges(seed + 300), random, 30);
        await WriteAsync(root, new RandomChanges(seed + 400), random, 30);
        Assert.True(root.Snapshots > 1);
        Assert.True(branch.Snapshots > 0);

        foreach (var run in (WrittenRun[])[root, branch, early, late])
        {
            using var reader = bench.Open(run.Name);
            Agrees(run, reader, random);
            Agrees(run, run.Log.Reader, random);
            await run.DisposeAsync();
            Assert.Equal(0, run.OpenViews);
            run.Log.Reader.Dispose();
        }
    }

    private static void Agrees(WrittenRun run, IVersionReader reader, Random random)
    {
        Assert.Equal(run.Versions.Count, reader.Count);
        Assert.Equal(run.Versions, reader.List(0, long.MaxValue), Same.Heads);
        Assert.All(reader.List(0, long.MaxValue), version => Assert.Empty(version.Changes));
        Assert.Equal([3, 4, 5], reader.List(3, 3).Select(version => version.Number));
        for (var number = 0; number < run.Versions.Count; number++)
        {
            Assert.Equal(run.States[number], reader.Load(number));
            var read = reader.Read(number);
            Assert.Equal(run.Versions[number], read, Same.Heads);
            Assert.Equal(run.Versions[number].Changes.Select(Same.Describe), read.Changes.Select(Same.Describe));
        }

        for (var pair = 0; pair < 40; pair++)
        {
            var to = random.Next(run.Versions.Count);
            var from = random.Next(-1, to + 1);
            List<object>[] records = from < 0 ? [.. run.Records.Select(_ => new List<object>())] : [.. run.States[from].Select(records => records.ToList())];
            Change.Apply(run.Plan, records, reader.Changes(from, to));
            Assert.Equal<IEnumerable<object>>(run.States[to], records);
        }

        foreach (var (model, id) in run.Versions.SelectMany(version => version.Changes).Select(change => (change.Model, change.Id)).Distinct())
        {
            var expected = run.Versions.Where(version => version.Changes.Any(change => change.Model == model && change.Id == id)).ToArray();
            var touching = reader.Touching(model, id).ToArray();
            Assert.Equal(expected, touching, Same.Heads);
            Assert.Equal(
                expected.SelectMany(version => version.Changes).Where(change => change.Model == model && change.Id == id).Select(Same.Describe),
                touching.SelectMany(version => version.Changes).Select(Same.Describe));
        }

        Assert.Empty(reader.Touching(0, 123456789));
    }

    private static async Task WriteAsync(WrittenRun run, RandomChanges changes, Random random, int versions)
    {
        for (; versions > 0; versions--)
        {
            run.Append(changes.Next(run));
            if (random.Next(3) == 0) await run.Log.FlushAsync();
        }

        await run.Log.FlushAsync();
    }
}
