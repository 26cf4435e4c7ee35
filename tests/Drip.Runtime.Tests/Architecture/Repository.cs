namespace Drip.Runtime.Tests.Architecture;

/// <summary>Where the sources are: above the folder that the tests run in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Directory.Packages.props"))) return folder;
        }

        throw new InvalidOperationException("The tests do not run in the repository's folder.");
    }
}
