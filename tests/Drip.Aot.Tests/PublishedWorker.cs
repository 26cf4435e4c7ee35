[assembly: AssemblyFixture(typeof(Drip.Aot.Tests.PublishedWorker))]

namespace Drip.Aot.Tests;

/// <summary>Publishes the samples once, with eng/aot, for all tests.</summary>
public sealed class PublishedWorker : IAsyncLifetime
{
    internal Outcome Publishing { get; private set; } = null!;

    internal Outcome PublishingOnPostgres { get; private set; } = null!;

    internal Outcome PublishingBackfills { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Publishing = await Outcome.OfAsync(Path.GetTempPath(), ["bash", Repository.PathOf("eng", "aot")]);
        PublishingOnPostgres = await Outcome.OfAsync(Path.GetTempPath(), ["bash", Repository.PathOf("eng", "aot"), "--postgres"]);
        PublishingBackfills = await Outcome.OfAsync(Path.GetTempPath(), ["bash", Repository.PathOf("eng", "aot"), "--backfills"]);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
