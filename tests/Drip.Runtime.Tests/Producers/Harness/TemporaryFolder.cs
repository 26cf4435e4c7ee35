namespace Drip.Runtime.Tests.Producers.Harness;

/// <summary>A folder for one test, gone with everything in it when the test is over.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("drip-states-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
