using System.Buffers.Binary;
using System.Security.Cryptography;
using Drip.Benchmarks.Measuring;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Drip.Benchmarks.Employees;

/// <summary>A database file with a table of employees, made once and copied for each contestant.</summary>
internal sealed class EmployeeFile(string path, int rows) : ITemplate, ICopy, IDisposable
{
    private int _copies;

    public string Path => path;

    public int Rows => rows;

    string ICopy.Address => path;

    public static EmployeeFile Make(Scratch scratch, int rows)
    {
        var file = new EmployeeFile(scratch.PathOf($"employees-{rows}.db"), rows);
        if (File.Exists(file.Path)) return file;

        using var connection = new SqliteConnection($"Data Source={file.Path};Pooling=False");
        connection.Open();
        Execute(connection, """
            PRAGMA page_size=4096; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;
            CREATE TABLE employees (
              id INTEGER PRIMARY KEY, name TEXT NOT NULL, department TEXT, role TEXT, age INTEGER NOT NULL, active INTEGER NOT NULL);
            CREATE TABLE progress (job TEXT PRIMARY KEY, after INTEGER NOT NULL);
            """);
        using (var transaction = connection.BeginTransaction())
        {
            Fill(connection, rows);
            transaction.Commit();
        }

        Execute(connection, "PRAGMA journal_mode=WAL;");
        return file;
    }

    /// <summary>A copy on the disk, whose pages are in memory as well.</summary>
    public EmployeeFile Copy()
    {
        var copy = new EmployeeFile($"{path}.{_copies++}", rows);
        File.Copy(path, copy.Path);
        // What the copy has not yet written would else be written by the first contestant that syncs.
        using var file = new FileStream(copy.Path, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
        return copy;
    }

    /// <summary>A hash over all rows in key order, read with SQLite's own functions and neither of the contestants.</summary>
    public static string Fingerprint(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        raw.sqlite3_prepare_v2(connection.Handle, "SELECT id, name, department, role, age, active FROM employees ORDER BY id", out var statement);
        using (statement)
        {
            Span<byte> head = stackalloc byte[5];
            while (raw.sqlite3_step(statement) == raw.SQLITE_ROW)
            {
                for (var column = 0; column < 6; column++)
                {
                    // The type first, because reading a number as bytes makes a text of it.
                    head[0] = (byte)raw.sqlite3_column_type(statement, column);
                    var bytes = raw.sqlite3_column_blob(statement, column);
                    BinaryPrimitives.WriteInt32LittleEndian(head[1..], bytes.Length);
                    hash.AppendData(head);
                    hash.AppendData(bytes);
                }
            }
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    Task<ICopy> ITemplate.CopyAsync() => Task.FromResult<ICopy>(Copy());

    Task<string> ICopy.FingerprintAsync() => Task.FromResult(Fingerprint(path));

    ValueTask IAsyncDisposable.DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    public void Dispose()
    {
        foreach (var file in (string[])[path, path + "-wal", path + "-shm"]) File.Delete(file);
    }

    private static void Fill(SqliteConnection connection, int rows)
    {
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO employees VALUES ($id, $name, $department, NULL, $age, $active)";
        var (id, name, department, age, active) = (Parameter("$id"), Parameter("$name"), Parameter("$department"), Parameter("$age"), Parameter("$active"));
        foreach (var person in Person.Some(rows))
        {
            id.Value = person.Id;
            name.Value = person.Name;
            department.Value = person.Department is { } known ? known : DBNull.Value;
            age.Value = person.Age;
            active.Value = person.Active;
            insert.ExecuteNonQuery();
        }

        SqliteParameter Parameter(string name)
        {
            var parameter = insert.CreateParameter();
            parameter.ParameterName = name;
            insert.Parameters.Add(parameter);
            return parameter;
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
