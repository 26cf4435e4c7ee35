namespace Drip.Benchmarks.Processes;

/// <summary>Where the repository is, and what eng/bench has built in it.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The folder that eng/aot publishes the sample to.</summary>
    public static string Published { get; } = Path.Combine(Root, "artifacts", "aot");

    public static string Binary => Require(Path.Combine(Published, OperatingSystem.IsWindows() ? "shop.exe" : "shop"), "Run eng/aot to publish it.");

    /// <summary>The sample without its producer, as eng/aot --backfills publishes it.</summary>
    public static string BackfillsBinary =>
        Require(Path.Combine(Root, "artifacts", "aot-backfills", OperatingSystem.IsWindows() ? "shop.exe" : "shop"), "Run eng/aot --backfills to publish it.");

    /// <summary>The worker on PostgreSQL, if eng/aot --postgres has published it.</summary>
    public static string PostgresBinary { get; } = Path.Combine(Root, "artifacts", "aot-postgres", OperatingSystem.IsWindows() ? "shop-on-postgres.exe" : "shop-on-postgres");

    /// <summary>The sample as the build of the benchmarks made it: its output is where theirs is, beside its own project.</summary>
    public static string Assembly => Require(Path.Combine(Root, "samples", "Shop", "bin", Configuration, Framework, "shop.dll"), "Build the benchmarks.");

    public static string Results { get; } = Path.Combine(Root, "benchmarks", "RESULTS.md");

    private static string Framework => Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    private static string Configuration => Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)))!;

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props"))) return folder.FullName;
        }

        throw new InvalidOperationException("The benchmarks are run from the repository's folder: use eng/bench.");
    }

    private static string Require(string path, string remedy) =>
        File.Exists(path) ? path : throw new FileNotFoundException($"There is no {Path.GetRelativePath(Root, path)}. {remedy}");
}
