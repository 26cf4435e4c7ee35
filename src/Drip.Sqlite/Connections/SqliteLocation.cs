using Microsoft.Data.Sqlite;

namespace Drip.Sqlite;

/// <summary>A connection string, read and checked: which file, and how Drip opens it.</summary>
/// <param name="Given">The path as the connection string has it.</param>
/// <param name="FullPath">The whole path.</param>
/// <param name="IsReadOnly">Whether the connection string asks for reading only.</param>
/// <param name="ConnectionString">What connections are opened with.</param>
internal sealed record SqliteLocation(string Given, string FullPath, bool IsReadOnly, string ConnectionString)
{
    public static SqliteLocation Parse(string connectionString)
    {
        var builder = Read(connectionString);
        var given = builder.DataSource;
        if (given.Length == 0)
        {
            throw Refuse("The connection string of the SQLite database names no file.");
        }

        if (builder.Mode == SqliteOpenMode.Memory || given == ":memory:")
        {
            throw Refuse("An SQLite database in memory cannot be used: every process and every connection would see another one.");
        }

        if (given.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            throw Refuse($"The SQLite database '{given}' is given as a URI, which could name a database in memory.");
        }

        if (builder.Password.Length > 0)
        {
            throw Refuse($"The connection string of {given} has a password, and encrypted SQLite databases are not supported.");
        }

        var fullPath = Path.GetFullPath(given);
        builder.DataSource = fullPath;
        // A shared cache locks whole tables within the process and makes WAL's snapshots unreliable.
        builder.Cache = SqliteCacheMode.Default;
        // Connections are kept by Drip, with statements prepared on them.
        builder.Pooling = false;
        // Unset: a missing file is a mistake to report, not a database to make.
        if (!builder.ShouldSerialize("Mode")) builder.Mode = SqliteOpenMode.ReadWrite;
        // LockWait has waited by the time the provider would begin to, in steps of 150 ms; one second is the provider's least.
        builder.DefaultTimeout = 1;
        return new SqliteLocation(given, fullPath, builder.Mode == SqliteOpenMode.ReadOnly, builder.ConnectionString);
    }

    private static SqliteConnectionStringBuilder Read(string connectionString)
    {
        try
        {
            return new SqliteConnectionStringBuilder(connectionString);
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            // The text is not repeated, because it may hold a password.
            throw new DripException(DripErrorKind.Usage, "connection-string",
                "The connection string of the SQLite database cannot be read.", Remedy, error);
        }
    }

    private const string Remedy = "Give the path of a file, for example \"Data Source=shop.db\".";

    private static DripException Refuse(string problem) => new(DripErrorKind.Usage, "connection-string", problem, Remedy);
}
