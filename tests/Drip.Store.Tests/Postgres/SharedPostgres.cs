using System.Globalization;
using Dapper;
using Drip.Postgres;
using Drip.Servers;
using Npgsql;

namespace Drip.Store.Tests.Postgres;

/// <summary>One database for the tests of a class; each test has a schema of its own in it.</summary>
public sealed class SharedPostgres : IAsyncLifetime
{
    private int _schemas;

    public TestPostgres Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await TestPostgres.CreateAsync();

    public ValueTask DisposeAsync() => Server?.DisposeAsync() ?? default;

    internal TestSchema NextSchema() => new(Server, string.Create(CultureInfo.InvariantCulture, $"t{Interlocked.Increment(ref _schemas)}"));
}

/// <summary>A schema of one test, and everything that was opened on it.</summary>
internal sealed class TestSchema(TestPostgres server, string name) : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _opened = [];

    public string Name => name;

    /// <summary>Names without a schema go into this one.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder(server.ConnectionString) { SearchPath = name }.ConnectionString;

    /// <summary>What another process would have: connections of its own, with the schema as a setting.</summary>
    public PostgresDatabase Open(PostgresSettings? settings = null, TimeProvider? time = null) =>
        Keep(new PostgresDatabase(server.ConnectionString, (settings ?? new PostgresSettings()) with { Schema = name }, time));

    /// <summary>The same, with the schema only in the connection string.</summary>
    public PostgresDatabase OpenBySearchPath()
    {
        using var connection = Connect();
        connection.Execute($"CREATE SCHEMA IF NOT EXISTS {name}");
        return Keep(new PostgresDatabase(ConnectionString));
    }

    public static SqlStore StoreOn(PostgresDatabase database) => new(new PostgresStoreDatabase(database));

    public SqlStore OpenStore() => StoreOn(Open());

    public async Task<SqlStore> OpenMigratedStoreAsync()
    {
        var store = OpenStore();
        await store.MigrateAsync();
        return store;
    }

    /// <summary>Another program: a connection without any of Drip's settings.</summary>
    public NpgsqlConnection Connect()
    {
        var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        connection.Open();
        return connection;
    }

    public void Execute(string sql)
    {
        using var connection = Connect();
        connection.Execute(sql, commandTimeout: 120);
    }

    public T? Ask<T>(string sql)
    {
        using var connection = Connect();
        return connection.ExecuteScalar<T>(sql);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var opened in _opened) await opened.DisposeAsync();
    }

    private PostgresDatabase Keep(PostgresDatabase database)
    {
        _opened.Add(database);
        return database;
    }
}
