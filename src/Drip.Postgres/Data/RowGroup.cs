using Drip.Data;
using Npgsql;

namespace Drip.Postgres.Data;

/// <summary>
/// Changes of one kind to many rows, written by one statement that is made once and kept. All rows have the same columns
/// changed, and each row occurs once.
/// </summary>
internal sealed class RowGroup : IDisposable
{
    private readonly TableShape _shape;
    private readonly ChangeKind _kind;
    private readonly ColumnSet _columns;
    private readonly List<int> _ordinals = [];
    private readonly ColumnBuffer?[] _buffers;
    private readonly KeyArrays _keys;
    private readonly NpgsqlCommand _command;
    private readonly List<int> _numbers = [];

    public RowGroup(NpgsqlConnection connection, TableShape shape, ChangeKind kind, ColumnSet columns)
    {
        (_shape, _kind, _columns) = (shape, kind, columns);
        _keys = new KeyArrays(shape);
        _buffers = new ColumnBuffer?[shape.Schema.Columns.Count];
        for (var ordinal = 0; ordinal < _buffers.Length; ordinal++)
        {
            if (!columns.Contains(ordinal)) continue;
            _ordinals.Add(ordinal);
            _buffers[ordinal] = ColumnBuffer.Of(shape.Plans[ordinal].Write);
        }

        _command = new NpgsqlCommand(Text(), connection);
    }

    /// <summary>The columns that change.</summary>
    public ColumnSet Columns => _columns;

    /// <summary>The numbers of the changes, in the order in which they came.</summary>
    public List<int> Numbers => _numbers;

    /// <summary>How many rows there are.</summary>
    public int Count => _numbers.Count;

    /// <summary>Adds a row with its values.</summary>
    public void Add<T>(T row, int number) where T : IModel<T>
    {
        var writer = new PostgresRowWriter(_buffers);
        T.Write(ref writer, row, _columns);
        if (_kind != ChangeKind.Insert) WriteKey(row);
        _numbers.Add(number);
    }

    /// <summary>Adds a row that is to be deleted.</summary>
    public void Add(Key key, int number)
    {
        _keys.Add(key);
        _numbers.Add(number);
    }

    public void Clear()
    {
        foreach (var buffer in _buffers) buffer?.Clear();
        _keys.Clear();
        _numbers.Clear();
    }

    /// <summary>Executes the statement, and returns how many rows it changed.</summary>
    public async ValueTask<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        Bind();
        return await _command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes the rows, and returns the place of the first that was not there; -1 if all were.</summary>
    public async ValueTask<int> DeleteAsync(CancellationToken cancellationToken)
    {
        Bind();
        var deleted = new bool[Count];
        var reader = await _command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) deleted[reader.GetInt64(0) - 1] = true;
        }

        return Array.IndexOf(deleted, false);
    }

    /// <summary>The place of the first row that is not there; -1 if all are.</summary>
    public async ValueTask<int> FindMissingAsync(CancellationToken cancellationToken)
    {
        var sql = _keys.AppendArrays(new SqlBuilder('$').Append("SELECT drip_new.number FROM ")).Append(" WHERE NOT EXISTS (SELECT FROM ").Table(_shape.Schema.Table).Append(" AS drip_row WHERE ");
        // A parameter belongs to one command at a time.
        _command.Parameters.Clear();
        await using var command = new NpgsqlCommand(_keys.AppendMatch(sql).Append(") ORDER BY drip_new.number LIMIT 1").ToString(), _command.Connection);
        _keys.AddTo(command.Parameters);
        var missing = await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is long number ? (int)number - 1 : -1;
        command.Parameters.Clear();
        return missing;
    }

    public void Dispose() => _command.Dispose();

    private void WriteKey<T>(T row) where T : IModel<T>
    {
        var writer = _keys.Writer;
        T.WriteKey(ref writer, row);
    }

    private void Bind()
    {
        _command.Parameters.Clear();
        foreach (var ordinal in _ordinals) _command.Parameters.Add(_buffers[ordinal]!.Parameter);
        if (_kind != ChangeKind.Insert) _keys.AddTo(_command.Parameters);
    }

    private string Text()
    {
        var sql = new SqlBuilder('$');
        var table = _shape.Schema.Table;
        switch (_kind)
        {
            case ChangeKind.Insert:
                sql.Append("INSERT INTO ").Table(table).Append(" (");
                AppendNames(sql).Append(") SELECT ");
                for (var i = 0; i < _ordinals.Count; i++) sql.Append(i > 0 ? ", " : "").Append(Assigned(_ordinals[i]));
                sql.Append(" FROM unnest(");
                for (var i = 0; i < _ordinals.Count; i++) (i > 0 ? sql.Append(", ") : sql).Place();
                sql.Append(") AS drip_new (");
                for (var i = 0; i < _ordinals.Count; i++) sql.Append(i > 0 ? ", " : "").Append($"c{_ordinals[i]}");
                return sql.Append(")").ToString();
            case ChangeKind.Delete:
                _keys.AppendArrays(sql.Append("DELETE FROM ").Table(table).Append(" AS drip_row USING "));
                return _keys.AppendMatch(sql.Append(" WHERE ")).Append(" RETURNING drip_new.number").ToString();
            default:
                sql.Append("UPDATE ").Table(table).Append(" AS drip_row SET ");
                for (var i = 0; i < _ordinals.Count; i++) sql.Append(i > 0 ? ", " : "").Name(_shape.Schema.Columns[_ordinals[i]].Name).Append(" = ").Append(Assigned(_ordinals[i]));
                sql.Append(" FROM unnest(");
                foreach (var _ in _ordinals) sql.Place().Append(", ");
                for (var i = 0; i < _shape.Keys.Parts.Count; i++) (i > 0 ? sql.Append(", ") : sql).Place();
                sql.Append(") AS drip_new (");
                foreach (var ordinal in _ordinals) sql.Append($"c{ordinal}, ");
                for (var i = 0; i < _shape.Keys.Parts.Count; i++) sql.Append(i > 0 ? $", k{i}" : $"k{i}");
                return _keys.AppendMatch(sql.Append(") WHERE ")).ToString();
        }
    }

    private SqlBuilder AppendNames(SqlBuilder sql)
    {
        for (var i = 0; i < _ordinals.Count; i++) sql.Append(i > 0 ? ", " : "").Name(_shape.Schema.Columns[_ordinals[i]].Name);
        return sql;
    }

    private string Assigned(int ordinal) => ColumnPlan.Assigned(_shape.Plans[ordinal], $"drip_new.c{ordinal}");
}
