using System.Diagnostics;
using Drip.Servers;

namespace Drip.Crash.Tests.Faults;

/// <summary>A file system of 8 MB in memory, which only root can mount.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const long Size = 8 << 20;

    private SmallDisk()
    {
    }

    // eng/test unmounts those of tests that were killed.
    public string Folder { get; } = Directory.CreateDirectory(Path.Combine(OwnPostgres.Parent, "drip-disk-" + Guid.NewGuid().ToString("n"))).FullName;

    private string Ballast => Path.Combine(Folder, "ballast");

    public static async Task<SmallDisk> MountAsync()
    {
        var disk = new SmallDisk();
        if (await RunAsync("mount", "-t", "tmpfs", "-o", $"size={Size}", "none", disk.Folder) is var error && error.Length > 0)
        {
            Directory.Delete(disk.Folder);
            Assert.Skip($"A small file system can be mounted only by root: {error.Trim()}");
        }

        return disk;
    }

    /// <summary>Lets the server, which is not root, write there.</summary>
    public void GiveToServer()
    {
        using var chown = Process.Start("chown", ["postgres", Folder]);
        chown.WaitForExit();
    }

    /// <summary>Leaves a little space on it, of what there is now.</summary>
    public void Fill() => File.WriteAllBytes(Ballast, new byte[new DriveInfo(Folder).AvailableFreeSpace - (256 << 10)]);

    public void MakeSpace() => File.Delete(Ballast);

    public async ValueTask DisposeAsync()
    {
        await RunAsync("umount", "-l", Folder);
        Directory.Delete(Folder);
    }

    private static async Task<string> RunAsync(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? "" : errors.Length > 0 ? errors : $"{command} ended with {process.ExitCode}.";
    }
}
