using Drip.Data;
using Drip.Servers;

namespace Drip.Postgres.Tests.Division;

/// <summary>A scope's table as the engine sees it, whatever the type of its key.</summary>
internal abstract class KeyedTable : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2030, 1, 15, 12, 0, 0, TimeSpan.Zero);

    private const string Shuffled = "((i * 7919) % 20011)";

    /// <summary>What each kind of table is: its key's columns, its key as SQL over <c>i</c>, and how it is opened.</summary>
    public static IReadOnlyDictionary<string, Func<int, Task<KeyedTable>>> All { get; } = new Dictionary<string, Func<int, Task<KeyedTable>>>
    {
        ["integers in order"] = rows => OpenAsync<NumberKeyed>("id bigint PRIMARY KEY", "i", rows),
        ["integers in no order"] = rows => OpenAsync<NumberKeyed>("id integer PRIMARY KEY", Shuffled, rows),
        ["integers with a row at each end of all numbers"] = rows => OpenAsync<NumberKeyed>(
            "id bigint PRIMARY KEY", "CASE i WHEN 1 THEN 9223372036854775807 WHEN 2 THEN -9223372036854775808 ELSE i END", rows),
        ["integers in heaps far apart"] = rows => OpenAsync<NumberKeyed>("id bigint PRIMARY KEY", "(i % 7) * 1000000000000 + i", rows),
        ["text"] = rows => OpenAsync<NamedKeyed>("id text PRIMARY KEY", $"'k' || {Shuffled}", rows),
        ["text in the order of bytes"] = rows => OpenAsync<NamedKeyed>("id text COLLATE \"C\" PRIMARY KEY", $"CASE i % 2 WHEN 0 THEN 'key' ELSE 'KEY' END || {Shuffled}", rows),
        ["text in the order of a language"] = rows => OpenAsync<NamedKeyed>("id varchar(40) COLLATE \"en-x-icu\" PRIMARY KEY", $"CASE i % 3 WHEN 0 THEN 'ä' WHEN 1 THEN 'A' ELSE 'a' END || {Shuffled}", rows),
        ["Guid"] = rows => OpenAsync<GuidKeyed>("id uuid PRIMARY KEY", "md5(i::text)::uuid", rows),
        ["text of one length, which travels in a cast"] = rows => OpenAsync<NamedKeyed>("id char(12) PRIMARY KEY", $"'k' || {Shuffled}", rows),
        ["moments"] = rows => OpenAsync<MomentKeyed>("id timestamptz PRIMARY KEY", $"timestamptz '2024-01-01Z' + {Shuffled} * interval '1 minute'", rows),
        ["two columns"] = rows => OpenAsync<RegionKeyed>("region text NOT NULL, n bigint NOT NULL, PRIMARY KEY (region, n)", "CASE i % 3 WHEN 0 THEN 'eu' WHEN 1 THEN 'US' ELSE 'asia' END, i / 3", rows),
        ["parts of a table that is partitioned by the server"] = rows => OpenAsync<NumberKeyed>(
            "id bigint PRIMARY KEY", "i", rows, closing: " PARTITION BY RANGE (id)",
            then: "CREATE TABLE keyed_1 PARTITION OF keyed FOR VALUES FROM (MINVALUE) TO (5000); CREATE TABLE keyed_2 PARTITION OF keyed FOR VALUES FROM (5000) TO (MAXVALUE);"),
    };

    protected KeyedTable(TestPostgres server, PostgresDatabase database) => (Server, Database, Data) = (server, database, new PostgresData(database));

    public TestPostgres Server { get; }

    public PostgresDatabase Database { get; }

    public PostgresData Data { get; }

    public ICursors Cursors => Data.Cursors;

    /// <summary>All keys of the scope, in the engine's order.</summary>
    public Key[] Keys { get; protected set; } = [];

    public static LeaseClaim Claim(string owner) => new(owner, Noon, TimeSpan.FromSeconds(30));

    /// <summary>A table of so many rows, a third of which is outside the scope unless a scope is given.</summary>
    public static async Task<KeyedTable> OpenAsync<T>(string columns, string key, int rows, string closing = "", string then = "", Scope<T>? scope = null, bool analyze = false) where T : IModel<T>
    {
        var constraint = columns.IndexOf(", PRIMARY KEY (", StringComparison.Ordinal);
        var (before, behind) = constraint < 0 ? (columns, "") : (columns[..constraint], columns[constraint..]);
        var server = await TestPostgres.CreateAsync();
        await server.ExecuteAsync($"""
            CREATE TABLE keyed ({before}, wanted boolean NOT NULL{behind}){closing}; {then}
            INSERT INTO keyed SELECT {key}, i % 3 <> 2 FROM generate_series(1::bigint, {rows}) AS i;
            {(analyze ? "ANALYZE keyed;" : "")}
            """);
        var made = new KeyedTable<T>(server, new PostgresDatabase(server.ConnectionString), scope ?? Scope<T>.Where($"wanted"));
        await made.ReadKeysAsync();
        return made;
    }

    /// <summary>Plans a run at these keys, and claims its partitions.</summary>
    public async Task<Cursor[]> StartAsync(string run, params Key[] bounds)
    {
        var claimed = new List<Cursor>();
        foreach (var cursor in await Cursors.PlanAsync(run, bounds, null, default)) claimed.Add((await Cursors.ClaimAsync(run, cursor.Partition, cursor.Epoch, Claim("first"), default))!);
        return [.. claimed];
    }

    public abstract ValueTask<IReadOnlyList<Key>> DivideAsync(int parts);

    public abstract ValueTask<Cursor?> StealAsync(string run, long least, string owner, long runEpoch = 0);

    /// <summary>The first keys of a range.</summary>
    public abstract Task<IReadOnlyList<Key>> ReadAsync(KeyRange range, int size = int.MaxValue);

    /// <summary>Begins a batch of a partition, and leaves it open.</summary>
    public abstract Task<OpenBatch> BeginAsync(Cursor cursor);

    /// <summary>Commits one batch of a partition; null if it may not commit, and then nothing has changed.</summary>
    public abstract Task<(Cursor Cursor, IReadOnlyList<Key> Walked)?> StepAsync(Cursor cursor, int size);

    public abstract ValueTask DisposeAsync();
}

internal sealed class KeyedTable<T>(TestPostgres server, PostgresDatabase database, Scope<T> scope) : KeyedTable(server, database) where T : IModel<T>
{
    private ITable<T>? _table;
    private ITable<T>? _other;

    public async Task ReadKeysAsync()
    {
        _table = await Data.OpenAsync(scope, default);
        _other = await Data.OpenAsync(scope, default);
        Keys = [.. await ReadAsync(default)];
    }

    public override ValueTask<IReadOnlyList<Key>> DivideAsync(int parts) => _table!.DivideAsync(parts, default);

    public override ValueTask<Cursor?> StealAsync(string run, long least, string owner, long runEpoch = 0) =>
        _table!.StealAsync(run, least, Claim(owner) with { RunEpoch = runEpoch }, default);

    public override async Task<IReadOnlyList<Key>> ReadAsync(KeyRange range, int size = int.MaxValue)
    {
        await using var transaction = await _table!.BeginAsync(default);
        return await transaction.ReadKeysAsync(range, size, default);
    }

    public override async Task<OpenBatch> BeginAsync(Cursor cursor)
    {
        var transaction = await _other!.BeginAsync(cursor, default);
        return new OpenBatch(transaction, to => transaction.MoveCursorAsync(to, default), () => transaction.CommitAsync(default));
    }

    public override async Task<(Cursor Cursor, IReadOnlyList<Key> Walked)?> StepAsync(Cursor cursor, int size)
    {
        await using var transaction = await _table!.BeginAsync(default);
        var keys = await transaction.ReadKeysAsync(cursor.Rest, size, default);
        var next = cursor with
        {
            After = keys.Count > 0 ? keys[^1] : cursor.After,
            Scanned = cursor.Scanned + keys.Count,
            Batches = cursor.Batches + 1,
            IsDone = keys.Count < size,
            LeaseUntil = Noon.AddMinutes(1),
        };
        if (!await transaction.MoveCursorAsync(next, default)) return null;
        await transaction.CommitAsync(default);
        return (next, keys);
    }

    public override async ValueTask DisposeAsync()
    {
        if (_table is not null) await _table.DisposeAsync();
        if (_other is not null) await _other.DisposeAsync();
        await Database.DisposeAsync();
        await Server.DisposeAsync();
    }
}

/// <summary>A batch that is open, whatever its rows are.</summary>
internal sealed record OpenBatch(IAsyncDisposable Transaction, Func<Cursor, ValueTask<bool>> MoveAsync, Func<ValueTask> CommitAsync) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Transaction.DisposeAsync();
}
