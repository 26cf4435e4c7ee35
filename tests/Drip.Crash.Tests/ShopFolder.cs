using Dapper;
using Microsoft.Data.Sqlite;

namespace Drip.Crash.Tests;

/// <summary>A folder with a shop.db, and the worker processes that are started in it.</summary>
internal sealed class ShopFolder : IDisposable
{
    // In memory where there is such a place: a killed process loses nothing that it wrote, on whatever disk.
    private static readonly string Root = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    static ShopFolder() => SQLitePCL.Batteries_V2.Init();

    public string FullName { get; } = Directory.CreateDirectory(Path.Combine(Root, "drip-shop-" + Guid.NewGuid().ToString("N"))).FullName;

    public string Database => Path.Combine(FullName, "shop.db");

    /// <summary>A new folder with a copy of this one's database, which no process has open.</summary>
    public ShopFolder Copy()
    {
        var copy = new ShopFolder();
        File.Copy(Database, copy.Database);
        return copy;
    }

    public ShopProcess Start(params string[] arguments) => new(this, [], arguments);

    /// <summary>Starts a worker with settings in its environment.</summary>
    public ShopProcess Start((string Name, string Value)[] settings, params string[] arguments) => new(this, settings, arguments);

    /// <summary>Starts a worker and waits for its end.</summary>
    public async Task<Ended> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        return await process.EndAsync();
    }

    public T? Ask<T>(string sql)
    {
        using var connection = Connect();
        return connection.ExecuteScalar<T>(sql);
    }

    public T[] List<T>(string sql)
    {
        using var connection = Connect();
        return [.. connection.Query<T>(sql)];
    }

    // A connection that can only read leaves the log of a killed process as it was left.
    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={Database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        return connection;
    }

    public void Dispose() => Directory.Delete(FullName, recursive: true);
}
