using System.CommandLine;
using Drip.Options;
using Drip.Producers.Versions;
using Drip.Sqlite;

namespace Drip.Hosting.Producers;

/// <summary>The directory that holds the versions of a producer's runs, and the runs in it.</summary>
internal static class VersionDirectory
{
    /// <summary>Where versions are unless somebody says otherwise.</summary>
    public const string Default = "drip-versions";

    /// <summary>The flag that names it.</summary>
    public static Option<string?> Flag() => new("--dir") { Description = $"The directory with the versions (default: {Default})", HelpName = "directory" };

    /// <summary>The directory that was asked for.</summary>
    public static string Of(ParseResult parsed, Option<string?> flag) => parsed.GetValue(flag) is { Length: > 0 } given ? given : Default;

    /// <summary>The run that was typed: its id, the beginning of it, or <c>last</c> for the newest one, of this producer where one is named.</summary>
    public static VersionRun Find(string directory, string typed, string? producer = null)
    {
        var runs = SqliteVersions.Storage.List(directory);
        var candidates = runs.Where(run => producer is null || run.Producer == producer).ToList();
        if (typed == "last")
        {
            return candidates.Count > 0 ? candidates[^1] : throw new DripException(DripErrorKind.Usage, "unknown-run",
                $"There is no run{(producer is null ? "" : $" of {producer}")} in the directory {directory}.", "Name another directory with --dir, or begin a run with 'produce'.");
        }

        var prefix = typed.Trim().ToLowerInvariant();
        var found = candidates.Where(run => run.Run.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        if (found.Find(run => run.Run == prefix) is { } exact) return exact;
        return found.Count switch
        {
            1 => found[0],
            0 => throw new DripException(DripErrorKind.Usage, "unknown-run", $"There is no run {Quoted.Text(typed)}{(producer is null ? "" : $" of {producer}")} in the directory {directory}.",
                "Use 'history' to see the runs; --dir names another directory."),
            _ => throw new DripException(DripErrorKind.Usage, "ambiguous-run",
                $"Several runs begin with {Quoted.Text(typed)}, for example {found[0].Run} and {found[1].Run}.", "Type more of the id."),
        };
    }

    /// <summary>The number of a version that was typed.</summary>
    public static long Number(string typed, VersionRun run)
    {
        if (long.TryParse(typed, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && number < run.Versions) return number;
        throw new DripException(DripErrorKind.Usage, "unknown-version", $"The run {run.Run} has no version {Quoted.Text(typed)}.",
            run.Versions == 0 ? "It wrote none before it ended." : $"Its versions are 0 to {run.Versions - 1}; see them with: history {run.Run}");
    }
}
