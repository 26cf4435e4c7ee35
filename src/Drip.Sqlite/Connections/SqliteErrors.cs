using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Drip.Sqlite;

/// <summary>Says in words of people what SQLite's result codes mean for a file.</summary>
internal static class SqliteErrors
{
    public static DripException? Explain(SqliteException error, SqliteLocation location)
    {
        var name = location.Given;
        return error.SqliteErrorCode switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_PROTOCOL => Of(DripErrorKind.Busy, "database-locked",
                $"Another program holds a lock on {name}.",
                "Close the program that is writing to it, or wait until it is done, and try again."),
            raw.SQLITE_READONLY => ReadOnly(error, location),
            raw.SQLITE_CANTOPEN or raw.SQLITE_PERM or raw.SQLITE_AUTH => CannotOpen(error, location),
            raw.SQLITE_NOTADB => Of(DripErrorKind.Store, "not-a-database",
                $"{name} is not an SQLite database (or is encrypted).",
                "Check the path in the connection string."),
            raw.SQLITE_CORRUPT => Of(DripErrorKind.Store, "database-damaged",
                $"The database file {name} is damaged.",
                $"Stop every program that writes to it, copy the file, run: sqlite3 \"{name}\" \"pragma integrity_check\", and save what can be read with: sqlite3 \"{name}\" .recover"),
            raw.SQLITE_FULL => Of(DripErrorKind.Paused, "disk-full",
                $"The disk that holds {name} is full.",
                "Make room and run the same command again: work goes on after the last committed batch."),
            raw.SQLITE_IOERR => Of(DripErrorKind.Paused, "disk-error",
                $"The disk that holds {name} could not be read or written.",
                "Check that the disk has room and is healthy, and run the same command again: work goes on after the last committed batch."),
            raw.SQLITE_ERROR => MissingName(error, name),
            _ => null,
        };

        DripException Of(DripErrorKind kind, string code, string problem, string remedy) => new(kind, code, problem, remedy, error);
    }

    public static DripException NotWritable(SqliteLocation location, Exception? error = null) => new(
        DripErrorKind.Store, "database-read-only",
        location.IsReadOnly ? $"{location.Given} is opened for reading only, and this needs to write to it." : $"{location.Given} cannot be written to.",
        location.IsReadOnly
            ? "Take Mode=ReadOnly out of the connection string."
            : "Give this user the right to write to the file and to its folder (SQLite keeps its log beside the file).",
        error);

    private static DripException ReadOnly(SqliteException error, SqliteLocation location) =>
        error.SqliteExtendedErrorCode == raw.SQLITE_READONLY_DBMOVED
            ? new DripException(DripErrorKind.Store, "database-moved",
                $"{location.Given} was moved, replaced or deleted while it was open.",
                "Put the file back and run the same command again.", error)
            : NotWritable(location, error);

    private static DripException CannotOpen(SqliteException error, SqliteLocation location)
    {
        var (name, path) = (location.Given, location.FullPath);
        if (Directory.Exists(path))
        {
            return new DripException(DripErrorKind.Store, "database-missing",
                $"{name} is a folder and not a database file.", "Give the path of the file in the connection string.", error);
        }

        if (File.Exists(path))
        {
            return new DripException(DripErrorKind.Store, "database-not-opened",
                $"The database file {name} cannot be opened.",
                "Check that this user may read and write the file and its folder.", error);
        }

        var folder = Path.GetDirectoryName(path)!;
        return new DripException(DripErrorKind.Store, "database-missing",
            $"There is no database file {name}.",
            Directory.Exists(folder)
                ? "Check the path in the connection string, and the folder that this command is run in."
                : $"Check the path in the connection string: the folder {folder} does not exist either.", error);
    }

    private static DripException? MissingName(SqliteException error, string name)
    {
        // SQLite has one code for every mistake in SQL; only its English text says which.
        if (After(error.Message, "no such table: ") is { } table)
        {
            return table.StartsWith("drip_", StringComparison.Ordinal)
                ? new DripException(DripErrorKind.Schema, "store-not-migrated",
                    $"The table {table} of Drip's store is missing in {name}.", "Run 'store migrate'.", error)
                : new DripException(DripErrorKind.Usage, "missing-table",
                    $"There is no table {table} in {name}.", "Check the table's name, and that this is the right database.", error);
        }

        var column = After(error.Message, "no such column: ") ?? After(error.Message, " has no column named ");
        return column is null ? null : new DripException(DripErrorKind.Usage, "missing-column",
            $"There is no column {column} in the table that was asked for, in {name}.",
            "Check the column's name, and that the database has the schema that the job was written for.", error);
    }

    // The provider wraps SQLite's text: SQLite Error 1: 'no such table: employees'.
    private static string? After(string message, string phrase)
    {
        var start = message.IndexOf(phrase, StringComparison.Ordinal);
        return start < 0 ? null : message[(start + phrase.Length)..].TrimEnd('.').TrimEnd('\'');
    }
}
