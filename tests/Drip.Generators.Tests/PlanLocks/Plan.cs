using Drip.Generators.Tests.Harness;

namespace Drip.Generators.Tests.PlanLocks;

/// <summary>A producer whose plan these tests lock, and change.</summary>
internal static class Plan
{
    public const string Source = """
        [Producer]
        public partial class Work
        {
            [Model] public partial record Page(int Id, string Url, string? Note);
            [Model] public partial record Sum(string Id, int Ok);

            [Pipeline]
            public partial class Prepare
            {
                [Step] public void Seed() { }
                [Step] public void Left() => Seed();
                [Step(With = nameof(Left))] public void Right() { }
                [Step(After = [nameof(Left), nameof(Right)])] public void Merge() { }
            }

            [Pipeline(Each = typeof(Page))]
            public partial class Crawl
            {
                [Step] public void Fetch() { }
                [Step] public void Save() { }
            }
        }
        """;

    /// <summary>The lock of the source.</summary>
    public static string Lock { get; } = Locking.Of(Source);

    /// <summary>The source after edits.</summary>
    public static string Edited(params string[] beforeAndAfter)
    {
        var source = Source;
        for (var i = 0; i < beforeAndAfter.Length; i += 2)
        {
            Assert.Contains(beforeAndAfter[i], source, StringComparison.Ordinal);
            source = source.Replace(beforeAndAfter[i], beforeAndAfter[i + 1], StringComparison.Ordinal);
        }

        return source;
    }

    /// <summary>The lock after an edit.</summary>
    public static string EditedLock(string before, string after)
    {
        Assert.Contains(before, Lock, StringComparison.Ordinal);
        return Lock.Replace(before, after, StringComparison.Ordinal);
    }
}
