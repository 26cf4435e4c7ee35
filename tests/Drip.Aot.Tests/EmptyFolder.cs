namespace Drip.Aot.Tests;

/// <summary>An empty folder, removed after the test.</summary>
internal sealed class EmptyFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("drip-aot-");

    public string Path => _folder.FullName;

    public string Database => System.IO.Path.Combine(Path, "shop.db");

    public void Dispose() => _folder.Delete(recursive: true);
}
