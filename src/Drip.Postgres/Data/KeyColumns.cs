using Drip.Data;
using Npgsql;

namespace Drip.Postgres.Data;

/// <summary>
/// The key of a table: how its parts are selected, read and bound, so that a cursor is the stored value to the letter and is
/// compared in the engine's own order. Make one from the table's columns; it has no state.
/// </summary>
internal sealed class KeyColumns
{
    private readonly KeyColumn[] _parts;
    private readonly ModelSchema _schema;

    private KeyColumns(ModelSchema schema, KeyColumn[] parts) => (_schema, _parts) = (schema, parts);

    /// <summary>The parts, in key order.</summary>
    public IReadOnlyList<KeyColumn> Parts => _parts;

    /// <summary>Whether a key that was read from the server is equal to that of a model's row: none of its parts travels as a text of another type.</summary>
    public bool AreComparable => Array.TrueForAll(_parts, part => part.Form != KeyForm.Cast);

    /// <summary>What stands in a SELECT for each part; null for the plain name.</summary>
    public string?[] Selects => Array.ConvertAll(_parts, part => part.Select);

    /// <summary>What follows the place of each part; null for nothing.</summary>
    public string?[] Casts => Array.ConvertAll(_parts, part => part.Cast);

    /// <summary>The key of a model's table, whose columns are all there.</summary>
    public static KeyColumns Of(ModelSchema schema, IReadOnlyList<TableColumn> columns)
    {
        var parts = new KeyColumn[schema.Key.Count];
        for (var i = 0; i < parts.Length; i++) parts[i] = KeyColumn.Of(columns.First(column => column.Name == schema.KeyNames[i]), schema.Columns[schema.Key[i]].Type);
        return new KeyColumns(schema, parts);
    }

    /// <summary>Reads the key of the current record, whose parts begin at a column, selected as <see cref="Selects"/> says.</summary>
    /// <exception cref="DripException">It has a part that no cursor can hold.</exception>
    public Key Read(NpgsqlDataReader reader, int firstColumn)
    {
        if (_parts.Length == 1) return Key.Of(Part(reader, firstColumn, 0));
        var parts = new object?[_parts.Length];
        for (var i = 0; i < parts.Length; i++) parts[i] = Part(reader, firstColumn + i, i);
        return Key.Of(parts);
    }

    /// <summary>Adds a parameter for each part, without a value.</summary>
    public void AddPlaces(NpgsqlParameterCollection parameters)
    {
        foreach (var part in _parts) parameters.Add(part.Parameter());
    }

    /// <summary>Adds the parameters for the bounds of a range, without values, in the order in which <see cref="KeysetSql{T}"/> has them.</summary>
    public void AddPlaces(NpgsqlParameterCollection parameters, KeyBounds bounds)
    {
        if (bounds.HasFlag(KeyBounds.Only)) AddPlaces(parameters);
        if (bounds.HasFlag(KeyBounds.After)) AddPlaces(parameters);
        if (bounds.HasFlag(KeyBounds.UpTo)) AddPlaces(parameters);
    }

    /// <summary>Binds a key to the parameters from an index on, and returns the index behind them.</summary>
    /// <exception cref="DripException">The key has another number of parts, or one that is not of the column's type.</exception>
    public int Bind(NpgsqlParameterCollection parameters, int index, Key key)
    {
        if (key.Parts.Count != _parts.Length) throw Mistaken(key);
        for (var i = 0; i < _parts.Length; i++)
        {
            if (!_parts[i].TryBind(parameters[index++], key.Parts[i])) throw Mistaken(key);
        }

        return index;
    }

    /// <summary>Binds the bounds of a range to the parameters from an index on, and returns the index behind them.</summary>
    public int Bind(NpgsqlParameterCollection parameters, int index, KeyRange range)
    {
        if (range.Only is not null) return Bind(parameters, index, range.Only);
        if (range.After is not null) index = Bind(parameters, index, range.After);
        return range.To is null ? index : Bind(parameters, index, range.To);
    }

    private object Part(NpgsqlDataReader reader, int column, int part)
    {
        if (reader.IsDBNull(column)) throw Refuse("null-key", "is NULL");
        return _parts[part].Read(reader, column) ?? throw Refuse("unreadable-key", "is infinite, or before the year 1 or after the year 9999, which no key can be");
    }

    private DripException Refuse(string code, string problem) => new(
        DripErrorKind.RunFailed, code, $"A row of {_schema.Table} has a key ({string.Join(", ", _schema.KeyNames)}) that {problem}.",
        "Give the row another key, or leave it out of the scope.");

    public DripException Mistaken(Key key) => new(
        DripErrorKind.RunFailed, "mistaken-key",
        $"The key {key} cannot be one of {_schema.Table}({string.Join(", ", _schema.KeyNames)}), which is of the type {string.Join(", ", _parts.Select(part => part.Type))}.",
        "Give each part of the key the type of its column.");
}
