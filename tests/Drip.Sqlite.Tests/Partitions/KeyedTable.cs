using Drip.Data;
using Drip.Sqlite.Tests.Harness;
using Drip.Sqlite.Tests.Paging;

namespace Drip.Sqlite.Tests.Partitions;

/// <summary>A scope's table as the engine sees it, whatever the type of its key.</summary>
internal abstract class KeyedTable : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2030, 1, 15, 12, 0, 0, TimeSpan.Zero);

    protected KeyedTable(Workbench bench, SqliteData data) => (Bench, Data) = (bench, data);

    public Workbench Bench { get; }

    public SqliteData Data { get; }

    public ICursors Cursors => Data.Cursors;

    /// <summary>All keys of the scope, in the engine's order.</summary>
    public Key[] Keys { get; protected set; } = [];

    public static LeaseClaim Claim(string owner, DateTimeOffset? now = null) => new(owner, now ?? Noon, TimeSpan.FromSeconds(30));

    /// <summary>Opens the table of one of the cases of <see cref="KeyCase"/>; a third of its rows is outside the scope.</summary>
    public static Task<KeyedTable> OpenAsync(KeyCase keys, int seed = 0) => keys.Job switch
    {
        "touch-int-keyed" => OpenAsync<IntKeyed>(keys.Lay(), seed),
        "touch-long-keyed" => OpenAsync<LongKeyed>(keys.Lay(), seed),
        "touch-text-keyed" => OpenAsync<TextKeyed>(keys.Lay(), seed),
        "touch-guid-keyed" => OpenAsync<GuidKeyed>(keys.Lay(), seed),
        "touch-moment-keyed" => OpenAsync<MomentKeyed>(keys.Lay(), seed),
        "touch-pair-keyed" => OpenAsync<PairKeyed>(keys.Lay(), seed),
        "touch-triple-keyed" => OpenAsync<TripleKeyed>(keys.Lay(), seed),
        "touch-oddly-named" => OpenAsync<OddlyNamed>(keys.Lay(), seed),
        var job => throw new ArgumentException($"No model is known for {job}.", nameof(keys)),
    };

    public static async Task<KeyedTable> OpenAsync<T>(Workbench bench, int seed = 0, Scope<T>? scope = null) where T : IModel<T>
    {
        var data = new SqliteData(bench.Database) { Random = new Random(seed) };
        return await KeyedTable<T>.MakeAsync(bench, data, await data.OpenAsync(scope ?? Scope<T>.Where($"wanted"), default));
    }

    /// <summary>The same table as another process would open it; it goes with the first.</summary>
    public static async Task<KeyedTable> BesideAsync<T>(KeyedTable table) where T : IModel<T>
    {
        var data = new SqliteData(table.Bench.Open(table.Bench.Path));
        return await KeyedTable<T>.MakeAsync(table.Bench, data, await data.OpenAsync(Scope<T>.All, default));
    }

    /// <summary>Plans a run at these keys, and claims its partitions.</summary>
    public async Task<Cursor[]> StartAsync(string run, params Key[] bounds)
    {
        var cursors = await Cursors.PlanAsync(run, bounds, null, default);
        var claimed = new List<Cursor>();
        foreach (var cursor in cursors) claimed.Add((await Cursors.ClaimAsync(run, cursor.Partition, cursor.Epoch, Claim("first"), default))!);
        return [.. claimed];
    }

    public abstract ValueTask<IReadOnlyList<Key>> DivideAsync(int parts);

    public abstract ValueTask<Cursor?> StealAsync(string run, long least, string owner);

    public abstract Task<long> CountAsync(string run);

    public abstract ValueTask<bool> HasAnyAsync(KeyRange range);

    /// <summary>The first keys of a range.</summary>
    public abstract Task<IReadOnlyList<Key>> ReadAsync(KeyRange range, int size = int.MaxValue);

    /// <summary>Commits one batch of a partition; null if it may not commit, and then nothing has changed.</summary>
    public abstract Task<(Cursor Cursor, IReadOnlyList<Key> Walked)?> StepAsync(Cursor cursor, int size);

    public abstract ValueTask DisposeAsync();
}

internal sealed class KeyedTable<T> : KeyedTable where T : IModel<T>
{
    private readonly ITable<T> _table;

    private KeyedTable(Workbench bench, SqliteData data, ITable<T> table) : base(bench, data) => _table = table;

    public static async Task<KeyedTable> MakeAsync(Workbench bench, SqliteData data, ITable<T> table)
    {
        var made = new KeyedTable<T>(bench, data, table);
        made.Keys = [.. await made.ReadAsync(default)];
        return made;
    }

    public override ValueTask<IReadOnlyList<Key>> DivideAsync(int parts) => _table.DivideAsync(parts, default);

    public override ValueTask<Cursor?> StealAsync(string run, long least, string owner) => _table.StealAsync(run, least, Claim(owner), default);

    public override Task<long> CountAsync(string run) => _table.CountAsync(run, default);

    public override ValueTask<bool> HasAnyAsync(KeyRange range) => _table.HasAnyAsync(range, default);

    public override async Task<IReadOnlyList<Key>> ReadAsync(KeyRange range, int size = int.MaxValue)
    {
        await using var transaction = await _table.BeginAsync(default);
        return await transaction.ReadKeysAsync(range, size, default);
    }

    public override async Task<(Cursor Cursor, IReadOnlyList<Key> Walked)?> StepAsync(Cursor cursor, int size)
    {
        await using var transaction = await _table.BeginAsync(default);
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
        await _table.DisposeAsync();
        await Bench.DisposeAsync();
    }
}
