using Dapper;
using Drip.Sqlite;
using Microsoft.Data.Sqlite;

namespace Drip.Store.Tests;

/// <summary>An SQLite file in a folder of its own, and everything that was opened on it; both are gone afterwards.</summary>
internal sealed class TempDatabase : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("drip-store-").FullName;
    private readonly List<IAsyncDisposable> _opened = [];

    public TempDatabase() => File.WriteAllBytes(Path, []);

    public string Path => System.IO.Path.Combine(_folder, "shop.db");

    public string LogPath => Path + "-wal";

    public string LockPath => Path + "-drip.lock";

    public long LogSize => File.Exists(LogPath) ? new FileInfo(LogPath).Length : 0;

    public string InFolder(string name) => System.IO.Path.Combine(_folder, name);

    /// <summary>What another process would have: connections of its own.</summary>
    public SqliteDatabase Open(SqliteSettings? settings = null, string more = "") => OpenAt(Path, settings, more);

    public SqliteDatabase OpenAt(string path, SqliteSettings? settings = null, string more = "")
    {
        var database = new SqliteDatabase($"Data Source={path};{more}", settings ?? new SqliteSettings { SynchronousNormal = true });
        _opened.Add(database);
        return database;
    }

    public SqlStore OpenStore() => new(new SqliteStoreDatabase(Open()));

    public async Task<SqlStore> OpenMigratedStoreAsync()
    {
        var store = OpenStore();
        await store.MigrateAsync();
        return store;
    }

    /// <summary>Another program: a connection without any of Drip's settings.</summary>
    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={Path};Pooling=False;Default Timeout=1");
        connection.Open();
        return connection;
    }

    public void Execute(string sql)
    {
        using var connection = Connect();
        connection.Execute(sql);
    }

    public T? Ask<T>(string sql)
    {
        using var connection = Connect();
        return connection.ExecuteScalar<T>(sql);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var opened in _opened) await opened.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
