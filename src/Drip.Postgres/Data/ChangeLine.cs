using Drip.Data;
using Npgsql;

namespace Drip.Postgres.Data;

/// <summary>Changes whose order matters: each is a statement of its own, and all of them are sent before the first answer comes.</summary>
internal sealed class ChangeLine<T>(NpgsqlConnection connection, TableShape shape) where T : IModel<T>
{
    private static readonly ModelSchema Schema = T.Schema;

    private readonly List<Entry> _entries = [];
    private readonly ColumnBuffer?[] _buffers = new ColumnBuffer?[Schema.Columns.Count];
    private readonly KeyArrays _keys = new(shape);
    private readonly Dictionary<ColumnSet, string> _updates = [];
    private readonly Dictionary<ColumnSet, string> _inserts = [];
    private NpgsqlBatch _batch = new(connection);

    /// <summary>How many changes wait to be executed.</summary>
    public int Count => _entries.Count;

    public void Update(T row, ColumnSet columns, int number)
    {
        if (!_updates.TryGetValue(columns, out var text)) _updates.Add(columns, text = UpdateText(columns));
        var command = Add(text, number, T.KeyOf(row));
        AddValues(command, row, columns);
        var writer = _keys.Writer;
        T.WriteKey(ref writer, row);
        AddKey(command);
    }

    public void SetByKey(Key key, SqlText set, int number)
    {
        var sql = AppendWhere(Start("UPDATE ").Table(Schema.Table).Append(" SET ").Append(set));
        var command = Add(sql.ToString(), number, key);
        SqlValue.AddTo(command.Parameters, sql.Values);
        _keys.Add(key);
        AddKey(command);
    }

    public void Insert(T row, ColumnSet columns, int number)
    {
        if (!_inserts.TryGetValue(columns, out var text)) _inserts.Add(columns, text = InsertText(columns));
        AddValues(Add(text, number, null), row, columns);
    }

    public void Delete(Key key, int number)
    {
        var command = Add(AppendWhere(Start("DELETE FROM ").Table(Schema.Table)).ToString(), number, key);
        _keys.Add(key);
        AddKey(command);
    }

    public void Clear()
    {
        _entries.Clear();
        foreach (var buffer in _buffers) buffer?.Clear();
        _keys.Clear();
        if (_batch.BatchCommands.Count > 0) _batch = new NpgsqlBatch(connection);
    }

    /// <summary>Executes all of them.</summary>
    /// <param name="blame">Is told the number of the change that failed.</param>
    /// <param name="cancellationToken">Cancels the statements.</param>
    /// <exception cref="DripException">A row was not there.</exception>
    public async ValueTask ExecuteAsync(Action<int> blame, CancellationToken cancellationToken)
    {
        try
        {
            await _batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException error) when (error.BatchCommand is { } failed)
        {
            blame(_entries[_batch.BatchCommands.IndexOf(failed)].Number);
            throw;
        }

        for (var i = 0; i < _entries.Count; i++)
        {
            if (_entries[i].Key is not { } key || _batch.BatchCommands[i].RecordsAffected > 0) continue;
            blame(_entries[i].Number);
            throw MissingRow.Error(Schema, key);
        }
    }

    private NpgsqlBatchCommand Add(string text, int number, Key? key)
    {
        var command = new NpgsqlBatchCommand(text);
        _batch.BatchCommands.Add(command);
        _entries.Add(new Entry(number, key));
        return command;
    }

    private void AddValues(NpgsqlBatchCommand command, T row, ColumnSet columns)
    {
        for (var ordinal = 0; ordinal < _buffers.Length; ordinal++)
        {
            if (!columns.Contains(ordinal)) continue;
            (_buffers[ordinal] ??= ColumnBuffer.Of(shape.Plans[ordinal].Write)).Clear();
        }

        var writer = new PostgresRowWriter(_buffers);
        T.Write(ref writer, row, columns);
        for (var ordinal = 0; ordinal < _buffers.Length; ordinal++)
        {
            if (columns.Contains(ordinal)) command.Parameters.Add(_buffers[ordinal]!.One(0));
        }
    }

    private void AddKey(NpgsqlBatchCommand command)
    {
        _keys.AddTo(command.Parameters, 0);
        _keys.Clear();
    }

    private string UpdateText(ColumnSet columns)
    {
        var sql = Start("UPDATE ").Table(Schema.Table);
        var word = " SET ";
        for (var ordinal = 0; ordinal < Schema.Columns.Count; ordinal++)
        {
            if (!columns.Contains(ordinal)) continue;
            sql.Append(word).Name(Schema.Columns[ordinal].Name).Append(" = ");
            AppendValue(sql, ordinal);
            word = ", ";
        }

        return AppendWhere(sql).ToString();
    }

    private string InsertText(ColumnSet columns)
    {
        if (columns.IsEmpty) return Start("INSERT INTO ").Table(Schema.Table).Append(" DEFAULT VALUES").ToString();
        var sql = Start("INSERT INTO ").Table(Schema.Table).Append(" (");
        var names = new List<string>();
        for (var ordinal = 0; ordinal < Schema.Columns.Count; ordinal++)
        {
            if (columns.Contains(ordinal)) names.Add(Schema.Columns[ordinal].Name);
        }

        sql.Names(names).Append(") VALUES (");
        var comma = "";
        for (var ordinal = 0; ordinal < Schema.Columns.Count; ordinal++)
        {
            if (!columns.Contains(ordinal)) continue;
            AppendValue(sql.Append(comma), ordinal);
            comma = ", ";
        }

        return sql.Append(")").ToString();
    }

    private SqlBuilder AppendValue(SqlBuilder sql, int ordinal) => sql.PlaceIn(place => ColumnPlan.Assigned(shape.Plans[ordinal], place));

    private SqlBuilder AppendWhere(SqlBuilder sql) => sql.Append(" WHERE ").CompareKey(Schema.KeyNames, "=", shape.Forms.KeyCasts);

    private static SqlBuilder Start(string text) => new SqlBuilder('$').Append(text);

    // A class, because ahead of time every generic collection is compiled once more for each struct in it.
    private sealed class Entry(int number, Key? key)
    {
        public int Number => number;

        /// <summary>The row that has to be there; null where none has to.</summary>
        public Key? Key => key;
    }
}
