using Drip.Generated;

namespace Drip.Sqlite.Tests.Versions.Harness;

internal static class Plans
{
    public static ProducerPlan Crawl { get; } = new("crawl", "Tests.Crawl",
        [new ModelPlan<Page>("Page"), new ModelPlan<Note>("Note"), new ModelPlan<Token>("Token")], []);

    public static ProducerPlan Of<T>(string model = "Thing") where T : class, IRecord<T> => new("things", "Tests.Things", [new ModelPlan<T>(model)], []);
}
