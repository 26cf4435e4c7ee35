using Microsoft.Data.Sqlite;

namespace Drip.Benchmarks.Worker;

/// <summary>
/// What the loops that are written by hand share: a connection with the settings that Drip uses, and the row that says
/// how far the job is, moved in the transaction of each batch.
/// </summary>
internal sealed class AdoProgress : IDisposable
{
    private readonly SqliteCommand _move;
    private readonly SqliteParameter _after;

    private AdoProgress(SqliteConnection connection, string job)
    {
        Connection = connection;
        using (var begin = Command("INSERT INTO progress VALUES ($job, 0) ON CONFLICT DO NOTHING"))
        {
            begin.Parameters.AddWithValue("$job", job);
            begin.ExecuteNonQuery();
        }

        using (var read = Command("SELECT after FROM progress WHERE job = $job"))
        {
            read.Parameters.AddWithValue("$job", job);
            After = (long)read.ExecuteScalar()!;
        }

        _move = Command("UPDATE progress SET after = $after WHERE job = $job");
        _move.Parameters.AddWithValue("$job", job);
        _after = Parameter(_move, "$after", SqliteType.Integer);
    }

    public SqliteConnection Connection { get; }

    /// <summary>The last key that was committed; 0 before the first.</summary>
    public long After { get; private set; }

    public static AdoProgress Open(string path, string job)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using (var settings = connection.CreateCommand())
        {
            settings.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=1000;";
            settings.ExecuteNonQuery();
        }

        return new AdoProgress(connection, job);
    }

    public SqliteCommand Command(string sql)
    {
        var command = Connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    public static SqliteParameter Parameter(SqliteCommand command, string name, SqliteType type)
    {
        var parameter = command.Parameters.Add(name, type);
        return parameter;
    }

    public void Move(SqliteTransaction transaction, long after)
    {
        _move.Transaction = transaction;
        _after.Value = after;
        _move.ExecuteNonQuery();
        transaction.Commit();
        After = after;
    }

    public void Dispose()
    {
        _move.Dispose();
        Connection.Dispose();
    }
}
