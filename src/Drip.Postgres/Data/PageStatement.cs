using Drip.Data;
using Npgsql;
using NpgsqlTypes;

namespace Drip.Postgres.Data;

/// <summary>A statement over a range of keys, on one connection: the author's values are bound once, the range for each execution.</summary>
internal sealed class PageStatement : IDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly KeyColumns _keys;
    private readonly int _firstBound;
    private readonly NpgsqlParameter<long>? _number;
    private NpgsqlBatch? _command;

    /// <param name="connection">The connection.</param>
    /// <param name="keys">The key.</param>
    /// <param name="sql">The statement: the author's values, then the bounds, then a number if it has one.</param>
    /// <param name="bounds">Which bounds it has.</param>
    /// <param name="suffix">What follows the statement.</param>
    public PageStatement(NpgsqlConnection connection, KeyColumns keys, SqlBuilder sql, KeyBounds bounds, string suffix = "")
    {
        (_connection, _keys) = (connection, keys);
        Part = new NpgsqlBatchCommand(sql + suffix);
        SqlValue.AddTo(Part.Parameters, sql.Values);
        _firstBound = Part.Parameters.Count;
        keys.AddPlaces(Part.Parameters, bounds);
        if (Part.Parameters.Count == sql.Places) return;
        _number = new NpgsqlParameter<long> { NpgsqlDbType = NpgsqlDbType.Bigint };
        Part.Parameters.Add(_number);
    }

    /// <summary>The statement, to be sent with others.</summary>
    public NpgsqlBatchCommand Part { get; }

    /// <summary>The statement, to be sent alone.</summary>
    public NpgsqlBatch Command => _command ??= new NpgsqlBatch(_connection) { BatchCommands = { Part } };

    /// <summary>Binds the range.</summary>
    public PageStatement Bind(KeyRange range)
    {
        _keys.Bind(Part.Parameters, _firstBound, range);
        return this;
    }

    /// <summary>Binds the range, and the number of rows or of the row, unless that stands in the text.</summary>
    public PageStatement Bind(KeyRange range, long number)
    {
        if (_number is not null) _number.TypedValue = number;
        return Bind(range);
    }

    public void Dispose() => _command?.Dispose();
}
