using System.Runtime.CompilerServices;

namespace Drip.Generators.Tests.Harness;

/// <summary>
/// Compares a text with the file of that name in the folder <c>Snapshots</c> beside the test.
/// With <c>DRIP_ACCEPT_SNAPSHOTS=1</c> in the environment the file is written instead.
/// </summary>
internal static class Snapshot
{
    public static void Match(string text, string name, [CallerFilePath] string test = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(test)!, "Snapshots", name + ".txt");
        if (Environment.GetEnvironmentVariable("DRIP_ACCEPT_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
            return;
        }

        Assert.True(File.Exists(path), $"There is no snapshot {name}; run the tests with DRIP_ACCEPT_SNAPSHOTS=1 and look at what it writes.");
        Assert.Equal(File.ReadAllText(path), text);
    }
}
