using Drip.Data;
using Npgsql;

namespace Drip.Postgres.Data;

/// <summary>The keys of many rows as one array for each part, to join a table with.</summary>
internal sealed class KeyArrays
{
    private readonly TableShape _shape;
    private readonly ColumnBuffer[] _parts;
    private readonly ColumnBuffer?[] _byOrdinal;

    public KeyArrays(TableShape shape)
    {
        _shape = shape;
        _parts = new ColumnBuffer[shape.Keys.Parts.Count];
        _byOrdinal = new ColumnBuffer?[shape.Schema.Columns.Count];
        for (var i = 0; i < _parts.Length; i++) _byOrdinal[shape.Schema.Key[i]] = _parts[i] = ColumnBuffer.Of(shape.Keys.Parts[i].Form);
    }

    /// <summary>For a model's <c>WriteKey</c>.</summary>
    public PostgresRowWriter Writer => new(_byOrdinal);

    public void Clear()
    {
        foreach (var part in _parts) part.Clear();
    }

    public void Add(Key key)
    {
        if (key.Parts.Count != _parts.Length) throw _shape.Keys.Mistaken(key);
        for (var i = 0; i < _parts.Length; i++)
        {
            if (!_parts[i].TryAddPart(_shape.Keys.Parts[i].Form, key.Parts[i])) throw _shape.Keys.Mistaken(key);
        }
    }

    public void AddTo(NpgsqlParameterCollection parameters)
    {
        foreach (var part in _parts) parameters.Add(part.Parameter);
    }

    /// <summary>Adds the key at an index, as parameters of its own.</summary>
    public void AddTo(NpgsqlParameterCollection parameters, int index)
    {
        foreach (var part in _parts) parameters.Add(part.One(index));
    }

    /// <summary>The arrays as a table <c>drip_new</c> with the row's number, from 1; their places are the next ones.</summary>
    public SqlBuilder AppendArrays(SqlBuilder sql)
    {
        sql.Append("unnest(");
        for (var i = 0; i < _parts.Length; i++) (i > 0 ? sql.Append(", ") : sql).Place();
        sql.Append(") WITH ORDINALITY AS drip_new (");
        for (var i = 0; i < _parts.Length; i++) sql.Append($"k{i}, ");
        return sql.Append("number)");
    }

    /// <summary>The condition that a row has the key of a new one.</summary>
    public SqlBuilder AppendMatch(SqlBuilder sql)
    {
        for (var i = 0; i < _parts.Length; i++)
            sql.Append(i > 0 ? " AND drip_row." : "drip_row.").Name(_shape.Schema.KeyNames[i]).Append($" = drip_new.k{i}{_shape.Keys.Parts[i].Cast}");
        return sql;
    }
}
