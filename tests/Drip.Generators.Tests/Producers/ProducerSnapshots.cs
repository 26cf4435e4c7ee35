using Drip.Generators.Tests.Harness;

namespace Drip.Generators.Tests.Producers;

public sealed class ProducerSnapshots
{
    private static readonly Generation s_generation = Generation.Of(TestSources.CrawlReport, TestSources.Engine).Compiles();

    [Fact]
    public void A_producer_with_its_pipelines() => Snapshot.Match(s_generation.File("Shop.CrawlReport.Producer."), "CrawlReport");

    [Fact]
    public void A_model_of_a_producer() => Snapshot.Match(s_generation.File("Shop.CrawlReport-Summary."), "Summary");

    [Fact]
    public void The_manifest_registers_producers() => Snapshot.Match(s_generation.File("DripManifest."), "Manifest");

    [Fact]
    public void A_producer_that_sees_the_log_in_SQLite_keeps_its_versions_there()
    {
        var generation = Generation.Of(TestSources.Engine, "[Producer] public partial class P;", """
            namespace Drip.Sqlite;
            public static class SqliteVersions { public static Drip.Producers.Versions.VersionStorage Storage => null!; }
            """).Compiles();
        Assert.Contains("__dripStorage => global::Drip.Sqlite.SqliteVersions.Storage;", generation.File("P."), StringComparison.Ordinal);
    }
}
