using Drip.Hosting.Tests.Harness;
using Drip.Postgres;
using Drip.Servers;

namespace Drip.Hosting.Tests.Postgres;

/// <summary>A worker whose default database is one of its own on the server of the tests.</summary>
internal sealed class PostgresWorker : IAsyncDisposable
{
    private PostgresWorker(TestPostgres database)
    {
        Database = database;
        ConnectionString = database.ConnectionString;
        Commands.UseDatabase = builder => builder.UsePostgres(ConnectionString, settings: Settings);
    }

    public TestPostgres Database { get; }

    /// <summary>The commands; their SQLite file is there, too, for tests that need another database.</summary>
    public TestWorker Commands { get; } = new(people: 0);

    /// <summary>What the program says; that of <see cref="Database"/> unless a test says otherwise.</summary>
    public string ConnectionString { get; set; }

    public PostgresSettings? Settings { get; set; }

    public static async Task<PostgresWorker> CreateAsync(int people = 100)
    {
        var worker = new PostgresWorker(await TestPostgres.CreateAsync());
        await worker.Database.ExecuteAsync(
            $"CREATE TABLE people (id bigint PRIMARY KEY, name text NOT NULL, role text); INSERT INTO people SELECT i, 'person ' || i FROM generate_series(1, {people}) AS i");
        return worker;
    }

    public Task<CommandResult> RunAsync(params string[] arguments) => Commands.RunAsync(arguments);

    public Task<long> CountAsync(string condition) => Database.ScalarAsync<long>($"SELECT count(*) FROM people WHERE {condition}");

    public async ValueTask DisposeAsync()
    {
        Commands.Dispose();
        await Database.DisposeAsync();
    }
}
