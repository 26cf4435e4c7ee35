using System.Diagnostics;

[assembly: AssemblyFixture(typeof(Drip.Crash.Tests.Matrix.CrashApp))]

namespace Drip.Crash.Tests.Matrix;

/// <summary>Publishes the worker that the matrix kills, once for all tests, ahead of time: eng/aot builds again only what has changed.</summary>
public sealed class CrashApp : IAsyncLifetime
{
    internal static string Binary { get; } = Path.Combine(Root(), "artifacts", "crash", "crash-app");

    internal static string SourceFolder { get; } = Path.Combine(Root(), "src");

    public async ValueTask InitializeAsync()
    {
        using var publish = Process.Start(new ProcessStartInfo("bash", [Path.Combine(Root(), "eng", "aot"), "--crash-app"]) { RedirectStandardError = true })!;
        var errors = await publish.StandardError.ReadToEndAsync();
        await publish.WaitForExitAsync();
        Assert.True(publish.ExitCode == 0, errors);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props"))) return folder.FullName;
        }

        throw new InvalidOperationException("These tests run from the repository's folder.");
    }
}
