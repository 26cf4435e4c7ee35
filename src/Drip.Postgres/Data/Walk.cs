using Drip.Data;
using Npgsql;

namespace Drip.Postgres.Data;

/// <summary>
/// The connection of one walk, with its statements. The server prepares what recurs (see <see cref="PostgresLocation"/>), which is
/// why the connection stays the walk's until its end.
/// </summary>
internal sealed class Walk<T>(PostgresDatabase database, NpgsqlConnection connection, KeysetSql<T> sql, TableShape shape) : IAsyncDisposable
    where T : IModel<T>
{
    private const string RowLock = " FOR NO KEY UPDATE";

    private readonly Dictionary<int, PageStatement> _statements = [];
    private readonly Dictionary<Type, object> _writers = [];
    private readonly NpgsqlBatch _rowsAndEnd = new(connection);
    private CursorMove? _move;
    private int? _pageSize;

    private enum Use { Rows, Range, Keys, LockedKeys, KeyAt, LastPageEnd, CountUpTo, Delete }

    public PostgresDatabase Database => database;

    public NpgsqlConnection Connection => connection;

    public KeysetSql<T> Sql => sql;

    public TableShape Shape => shape;

    /// <summary>By which others find this walk's session.</summary>
    public PartitionLock Lock { get; } = new(database, connection);

    /// <summary>What is known of the next page.</summary>
    public PageAhead Ahead { get; } = new(database.LocalTime, shape.Keys);

    public CursorMove Move => _move ??= new CursorMove(database, connection);

    /// <summary>The first rows of a range, locked where a table's rows are read.</summary>
    public PageStatement Rows(KeyRange range, int size) => Of(Use.Rows, range.Bounds, size).Bind(range, size);

    /// <summary>The first rows of a range, and in the same message, once they are locked, the n-th key of the range, if a key can be compared here.</summary>
    public NpgsqlBatch RowsAndEnd(KeyRange range, int size)
    {
        var rows = Rows(range, size);
        if (range.Only is not null || !shape.Keys.AreComparable) return rows.Command;
        _rowsAndEnd.BatchCommands.Clear();
        _rowsAndEnd.BatchCommands.Add(rows.Part);
        _rowsAndEnd.BatchCommands.Add(KeyAt(range, size).Part);
        return _rowsAndEnd;
    }

    /// <summary>All rows of a range, locked where a table's rows are read.</summary>
    public PageStatement Range(KeyBounds bounds) => Of(Use.Range, bounds);

    /// <summary>The first keys of a range.</summary>
    public PageStatement Keys(KeyBounds bounds) => Of(Use.Keys, bounds);

    /// <summary>The first keys of a range, whose rows are locked.</summary>
    public PageStatement LockedKeys(KeyBounds bounds) => Of(Use.LockedKeys, bounds);

    /// <summary>The n-th key of a range.</summary>
    public PageStatement KeyAt(KeyRange range, int number) => Of(Use.KeyAt, range.Bounds, number).Bind(range, number);

    /// <summary>How many rows a range has that has fewer than n, and its last key.</summary>
    public PageStatement LastPageEnd(KeyBounds bounds) => Of(Use.LastPageEnd, bounds);

    /// <summary>How many rows a range has, up to a limit.</summary>
    public PageStatement CountUpTo(KeyBounds bounds) => Of(Use.CountUpTo, bounds);

    public PageStatement Delete(KeyBounds bounds) => Of(Use.Delete, bounds);

    /// <summary>An update of a range: the author's text recurs from batch to batch, with other values.</summary>
    public PageStatement Update(SqlText set, KeyBounds bounds) => new(connection, shape.Keys, sql.Update(set, bounds), bounds);

    /// <summary>What writes changes of a table.</summary>
    public async ValueTask<ChangeWriter<TOther>> WriterOfAsync<TOther>(CancellationToken cancellationToken) where TOther : IModel<TOther>
    {
        if (_writers.TryGetValue(typeof(TOther), out var writer)) return (ChangeWriter<TOther>)writer;
        // The scope's own table was looked at already, unless its rows come from a SELECT.
        var other = typeof(TOther) == typeof(T) && !sql.IsSelect ? shape : await TableCheck.LookAsync<TOther>(database, connection, cancellationToken).ConfigureAwait(false);
        var made = new ChangeWriter<TOther>(connection, other);
        _writers.Add(typeof(TOther), made);
        return made;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var statement in _statements.Values) statement.Dispose();
        if (_move is not null) await _move.DisposeAsync().ConfigureAwait(false);
        await _rowsAndEnd.DisposeAsync().ConfigureAwait(false);
        await connection.DisposeAsync().ConfigureAwait(false);
    }

    private PageStatement Of(Use use, KeyBounds bounds, int? number = null)
    {
        // A number that is the same for all full pages stands in the text: with it, a plan for any key is as good as one for this key, and the server keeps it.
        if (number is not null) _pageSize ??= number;
        var written = number == _pageSize ? number : null;
        // A number and not a tuple: ahead of time a dictionary is compiled once more for each struct that is a key.
        var key = ((int)use << 8) | (written is null ? 0 : 128) | (int)bounds;
        if (_statements.TryGetValue(key, out var statement)) return statement;
        // The rows of a SELECT cannot be locked as they are read, so they bring their keys along.
        var (extra, suffix) = sql.IsSelect
            ? (new SqlBuilder('$').Yield(shape.Schema.KeyNames, shape.Forms.KeyParts, "k").ToString(), "")
            : (null, RowLock);
        statement = use switch
        {
            Use.Rows => new PageStatement(connection, shape.Keys, sql.Rows(bounds, extra, limited: true, written), bounds, suffix),
            Use.Range => new PageStatement(connection, shape.Keys, sql.Rows(bounds, extra, limited: false), bounds, suffix),
            Use.Keys => new PageStatement(connection, shape.Keys, sql.Keys(bounds), bounds),
            Use.LockedKeys => new PageStatement(connection, shape.Keys, sql.Keys(bounds), bounds, suffix),
            Use.KeyAt => new PageStatement(connection, shape.Keys, sql.KeyAt(bounds, written), bounds),
            Use.LastPageEnd => new PageStatement(connection, shape.Keys, sql.LastPageEnd(bounds), bounds),
            Use.CountUpTo => new PageStatement(connection, shape.Keys, sql.CountUpTo(bounds), bounds),
            _ => new PageStatement(connection, shape.Keys, sql.Delete(bounds), bounds),
        };
        _statements.Add(key, statement);
        return statement;
    }
}
