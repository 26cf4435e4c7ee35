using Drip.Data;
using Drip.Postgres.Data;
using Drip.Servers;
using Npgsql;

namespace Drip.Postgres.Tests.Cursors;

/// <summary>A database of its own with nothing in it, and the tables of progress as they are used there.</summary>
internal sealed class ProgressBench : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2030, 1, 15, 12, 0, 0, TimeSpan.Zero);

    private readonly List<PostgresDatabase> _databases = [];
    private readonly List<string> _roles = [];

    private ProgressBench(TestPostgres server, PostgresSettings? settings) => (Server, Database) = (server, Connect(server, settings));

    public TestPostgres Server { get; }

    public PostgresDatabase Database { get; }

    public ICursors Cursors => new PostgresCursors(Database);

    public IQuarantine Quarantine => new PostgresQuarantine(Database);

    public static async Task<ProgressBench> CreateAsync(PostgresSettings? settings = null) => new(await TestPostgres.CreateAsync(), settings);

    public static LeaseClaim Claim(string owner, DateTimeOffset? now = null) => new(owner, now ?? Noon, TimeSpan.FromSeconds(30));

    /// <summary>The same database as another process would open it.</summary>
    public PostgresDatabase Beside(PostgresSettings? settings = null) => Connect(Server, settings);

    /// <summary>A role that may connect and read, and nothing else; it goes with the bench.</summary>
    public async Task<string> MakeRoleAsync()
    {
        var role = "drip_role_" + Guid.NewGuid().ToString("n")[..12];
        await Server.ExecuteAsync($"CREATE ROLE {role} LOGIN");
        _roles.Add(role);
        return role;
    }

    /// <summary>The same database as this role sees it.</summary>
    public PostgresDatabase As(string role, PostgresSettings? settings = null)
    {
        var database = new PostgresDatabase(new NpgsqlConnectionStringBuilder(Server.ConnectionString) { Username = role }.ConnectionString, settings);
        _databases.Add(database);
        return database;
    }

    /// <summary>Plans a run at these keys, and claims its partitions.</summary>
    public async Task<Cursor[]> StartAsync(string run, params Key[] bounds)
    {
        var claimed = new List<Cursor>();
        foreach (var cursor in await Cursors.PlanAsync(run, bounds, null, default))
            claimed.Add((await Cursors.ClaimAsync(run, cursor.Partition, cursor.Epoch, Claim("first"), default))!);
        return [.. claimed];
    }

    /// <summary>Commits a batch that does nothing but to move the cursor; false if it may not commit.</summary>
    public async Task<bool> MoveAsync(Cursor cursor)
    {
        await using var connection = await Database.OpenAsync(default);
        await using var move = new CursorMove(Database, connection);
        await using var transaction = await connection.BeginTransactionAsync();
        if (!await move.ExecuteAsync(cursor, null, default)) return false;
        await transaction.CommitAsync();
        return true;
    }

    public async Task<Cursor> OnlyAsync(string run) => Assert.Single(await Cursors.ListAsync(run, default));

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _databases) await database.DisposeAsync();
        // What a role may do in a database stands in its way.
        foreach (var role in _roles) await Server.ExecuteAsync($"DROP OWNED BY {role}; DROP ROLE {role}");
        await Server.DisposeAsync();
    }

    private PostgresDatabase Connect(TestPostgres server, PostgresSettings? settings)
    {
        var database = new PostgresDatabase(server.ConnectionString, settings);
        _databases.Add(database);
        return database;
    }
}
