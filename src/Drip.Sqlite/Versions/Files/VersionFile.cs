using Drip.Sqlite.Data;
using Drip.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace Drip.Sqlite.Versions;

/// <summary>The file <c>versions.db</c> of a directory: opened only once it has said what it is.</summary>
/// <param name="directory">The directory.</param>
internal sealed class VersionFile(string directory)
{
    private const string Name = "versions.db";

    /// <summary>The directory.</summary>
    public string Directory { get; } = System.IO.Path.GetFullPath(directory);

    /// <summary>The file.</summary>
    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetFullPath(directory), Name);

    /// <summary>
    /// Opens a connection that only reads, and asks for no right to write; null where there is no file, or one in which nothing was written yet.
    /// </summary>
    /// <exception cref="DripException">It is no file of versions, or one that cannot be read.</exception>
    public SqliteConnection? OpenReader()
    {
        if (!File.Exists(Path)) return null;
        try
        {
            var reader = Database(SqliteOpenMode.ReadOnly, new SqliteSettings()).OpenReader();
            try
            {
                if (Check(reader)) return reader;
            }
            catch
            {
                reader.Dispose();
                throw;
            }

            reader.Dispose();
            return null;
        }
        catch (Exception error) when (VersionErrors.Explain(error, Path) is { } explained)
        {
            throw explained;
        }
    }

    /// <summary>Makes the directory, the file and its tables, as far as they are missing; nothing is done to a file of somebody else.</summary>
    /// <exception cref="DripException">It is no file of versions, or one that cannot be written to.</exception>
    public SqliteDatabase OpenWriter(SqliteSettings settings)
    {
        OpenReader()?.Dispose();
        try
        {
            System.IO.Directory.CreateDirectory(Directory);
            var database = Database(SqliteOpenMode.ReadWriteCreate, settings);
            using var writer = database.EnterWriter();
            Transaction.Run(writer.Connection, () =>
            {
                // Another process may have made them by now.
                if (!Check(writer.Connection)) Execute(writer.Connection, VersionSchema.Create);
            });
            return database;
        }
        catch (Exception error) when (VersionErrors.Explain(error, Path) is { } explained)
        {
            throw explained;
        }
    }

    private SqliteDatabase Database(SqliteOpenMode mode, SqliteSettings settings) =>
        new(new SqliteConnectionStringBuilder { DataSource = Path, Mode = mode }.ToString(), settings);

    // False for a file in which nothing was written yet.
    private bool Check(SqliteConnection connection)
    {
        var application = Ask(connection, "PRAGMA application_id");
        if (application == 0 && Ask(connection, "SELECT count(*) FROM sqlite_master") == 0) return false;
        if (application != VersionSchema.ApplicationId) throw VersionErrors.Foreign(Path);
        return Ask(connection, "PRAGMA user_version") switch
        {
            VersionSchema.Current => true,
            > VersionSchema.Current => throw VersionErrors.Newer(Path),
            _ => throw VersionErrors.Damaged(Path),
        };
    }

    private static long Ask(SqliteConnection connection, string sql)
    {
        using var statement = new Statement(connection, sql);
        statement.Step();
        return SqliteApi.ColumnInt64(statement.Handle, 0);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
