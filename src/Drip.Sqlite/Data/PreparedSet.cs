using Drip.Data;
using Drip.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace Drip.Sqlite.Data;

/// <summary>The statements of one run on one connection, prepared on first use.</summary>
internal sealed class PreparedSet<T>(SqliteConnection connection, KeysetSql<T> sql, string? rowId) : IDisposable where T : IModel<T>
{
    // A list of another length in the author's SQL is another statement, and there may be as many as batches.
    private const int MaxUpdates = 64;

    private readonly Dictionary<int, Statement> _walk = [];
    private readonly Dictionary<string, Statement> _updates = new(StringComparer.Ordinal);
    private readonly Dictionary<Type, IDisposable> _writers = [];
    private CursorMove? _move;
    private Savepoint? _savepoint;
    private Statement? _keyAt;

    private enum Use { PageEnd, Page, Range, Keys, Delete }

    public SqliteConnection Connection => connection;

    /// <summary>The name of the row number, or null where rows are found by their key.</summary>
    public string? RowId => rowId;

    /// <summary>Where the rows of the page in flight are; kept from batch to batch for its buffer.</summary>
    public RowLocators Locators { get; } = new(hasRowId: rowId is not null);

    public CursorMove Move => _move ??= new CursorMove(connection);

    public Savepoint Savepoint => _savepoint ??= new Savepoint(connection);

    public Statement PageEnd(KeyBounds bounds) => Walk(Use.PageEnd, bounds);

    public Statement Page(KeyBounds bounds) => Walk(Use.Page, bounds);

    public Statement Range(KeyBounds bounds) => Walk(Use.Range, bounds);

    public Statement Keys(KeyBounds bounds) => Walk(Use.Keys, bounds);

    public Statement Delete(KeyBounds bounds) => Walk(Use.Delete, bounds);

    /// <summary>An update of a range. Its values are bound each time: the text is the author's, and recurs from batch to batch.</summary>
    public Statement Update(SqlText set, KeyBounds bounds)
    {
        var built = sql.Update(set, bounds);
        var text = built.ToString();
        if (!_updates.TryGetValue(text, out var statement))
        {
            if (_updates.Count == MaxUpdates) DropUpdates();
            statement = new Statement(connection, built);
            _updates.Add(text, statement);
            return statement;
        }

        foreach (var placed in built.Values) SqliteValue.Bind(statement.Handle, placed.Place, placed.Value);
        return statement;
    }

    /// <summary>The stored key of the row with this number.</summary>
    public Key KeyAt(long row)
    {
        _keyAt ??= new Statement(connection, new SqlBuilder('?').Append("SELECT ").Names(T.Schema.KeyNames).Append(" FROM ").Table(T.Schema.Table)
            .Append($" WHERE {rowId} = ").Place());
        SqliteApi.BindInt64(_keyAt.Handle, 1, row);
        _keyAt.Step();
        var key = StoredKey.Of(new SqliteRowReader(_keyAt.Handle), firstColumn: 0, T.Schema);
        _keyAt.Reset();
        return key;
    }

    public ChangeWriter<TOther> WriterOf<TOther>() where TOther : IModel<TOther>
    {
        if (_writers.TryGetValue(typeof(TOther), out var writer)) return (ChangeWriter<TOther>)writer;
        var made = new ChangeWriter<TOther>(connection, typeof(TOther) == typeof(T) ? rowId : null);
        _writers.Add(typeof(TOther), made);
        return made;
    }

    public void Dispose()
    {
        foreach (var statement in _walk.Values) statement.Dispose();
        DropUpdates();
        foreach (var writer in _writers.Values) writer.Dispose();
        _move?.Dispose();
        _savepoint?.Dispose();
        _keyAt?.Dispose();
    }

    private void DropUpdates()
    {
        foreach (var statement in _updates.Values) statement.Dispose();
        _updates.Clear();
    }

    private Statement Walk(Use use, KeyBounds bounds)
    {
        // A number and not a pair: ahead of time a dictionary is compiled once more for each struct that is a key.
        var key = ((int)use << 8) | (int)bounds;
        if (_walk.TryGetValue(key, out var statement)) return statement;
        statement = new Statement(connection, use switch
        {
            Use.PageEnd => sql.PageEnd(bounds),
            Use.Page => sql.Rows(bounds, rowId, limited: true),
            Use.Range => sql.Rows(bounds, rowId, limited: false),
            Use.Keys => sql.Keys(bounds),
            _ => sql.Delete(bounds),
        });
        _walk.Add(key, statement);
        return statement;
    }
}
