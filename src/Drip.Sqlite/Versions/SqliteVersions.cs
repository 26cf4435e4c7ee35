using Drip.Producers.Versions;
using Drip.Sqlite.Versions;

namespace Drip.Sqlite;

/// <summary>Versions in SQLite files.</summary>
public static class SqliteVersions
{
    /// <summary>
    /// Keeps the versions of all runs of a directory in the file <c>versions.db</c> there. Several processes may write runs to it, and read,
    /// at the same time.
    /// </summary>
    public static VersionStorage Storage { get; } = new SqliteVersionStorage(new VersionSettings());
}
