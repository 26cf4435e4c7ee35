using Drip.Data;
using Npgsql;
using NpgsqlTypes;

namespace Drip.Postgres.Data;

/// <summary>A statement over a range of keys, on one connection: the author's values are bound once, the range for each execution.</summary>
internal sealed class PageStatement : IDisposable
{
    private readonly KeyColumns _keys;
    private readonly int _firstBound;
    private readonly NpgsqlParameter<long>? _number;

    /// <param name="connection">The connection.</param>
    /// <param name="keys">The key.</param>
    /// <param name="sql">The statement: the author's values, then the bounds, then a number if it has one.</param>
    /// <param name="bounds">Which bounds it has.</param>
    /// <param name="suffix">What follows the statement.</param>
    public PageStatement(NpgsqlConnection connection, KeyColumns keys, SqlBuilder sql, KeyBounds bounds, string suffix = "")
    {
        _keys = keys;
        Command = new NpgsqlCommand(sql + suffix, connection);
        SqlValue.AddTo(Command.Parameters, sql.Values);
        _firstBound = Command.Parameters.Count;
        keys.AddPlaces(Command.Parameters, bounds);
        if (Command.Parameters.Count == sql.Places) return;
        _number = new NpgsqlParameter<long> { NpgsqlDbType = NpgsqlDbType.Bigint };
        Command.Parameters.Add(_number);
    }

    public NpgsqlCommand Command { get; }

    /// <summary>Binds the range.</summary>
    public PageStatement Bind(KeyRange range)
    {
        _keys.Bind(Command.Parameters, _firstBound, range);
        return this;
    }

    /// <summary>Binds the range, and the number of rows or of the row.</summary>
    public PageStatement Bind(KeyRange range, long number)
    {
        _number!.TypedValue = number;
        return Bind(range);
    }

    /// <summary>Without a limit on the client's side, for what may take as long as it needs.</summary>
    public PageStatement Unhurried()
    {
        Command.CommandTimeout = 0;
        return this;
    }

    public void Dispose() => Command.Dispose();
}
