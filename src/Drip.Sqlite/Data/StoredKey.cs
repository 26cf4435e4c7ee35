namespace Drip.Sqlite.Data;

/// <summary>Reads keys as they are stored, and says which row it was that could not be read.</summary>
internal static class StoredKey
{
    /// <summary>The key in a record that holds all columns of its model.</summary>
    public static Key OfRow(SqliteRowReader reader, ModelSchema schema)
    {
        if (schema.Key.Count == 1) return Key.Of(Part(reader, schema.Key[0], schema));
        var parts = new object?[schema.Key.Count];
        for (var i = 0; i < parts.Length; i++) parts[i] = Part(reader, schema.Key[i], schema);
        return Key.Of(parts);
    }

    /// <summary>The key in a record that holds its columns only, from this one on.</summary>
    public static Key Of(SqliteRowReader reader, int firstColumn, ModelSchema schema)
    {
        var parts = new object?[schema.Key.Count];
        for (var i = 0; i < parts.Length; i++) parts[i] = Part(reader, firstColumn + i, schema);
        return Key.Of(parts);
    }

    /// <summary>The same, or null for a key that no walk can reach.</summary>
    public static Key? TryOf(SqliteRowReader reader, int firstColumn, ModelSchema schema)
    {
        var parts = new object?[schema.Key.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = reader.GetStored(firstColumn + i);
            if (parts[i] is null || IsMalformed(parts[i], reader, firstColumn + i)) return null;
        }

        return Key.Of(parts);
    }

    /// <summary>Names the row, the column and the member that do not fit together.</summary>
    public static DripException Explain(ColumnException error, SqliteRowReader reader, ModelSchema schema)
    {
        var column = schema.Columns[error.Ordinal];
        var key = new object?[schema.Key.Count];
        for (var i = 0; i < key.Length; i++) key[i] = reader.GetStored(schema.Key[i]) ?? "NULL";
        var row = $"{string.Join(", ", schema.KeyNames)} = {Key.Of(key)}";
        var problem = $"{schema.Table}.{column.Name} holds {error.Problem} in the row with {row}, but {schema.Model}.{column.Member} is {error.Expected}";
        return new DripException(DripErrorKind.RunFailed, "unreadable-row",
            error.Problem == "NULL" ? $"{problem} and cannot be null." : problem + ".",
            error.Problem == "NULL" ? $"Make {column.Member} nullable, or give the row a value." : "Mend the row, or change the member's type.",
            error);
    }

    private static object Part(SqliteRowReader reader, int ordinal, ModelSchema schema) => reader.GetStored(ordinal) switch
    {
        null => throw Refuse("null-key", "is NULL", schema),
        var stored when IsMalformed(stored, reader, ordinal) => throw Refuse("malformed-key", "is text but no valid UTF-8", schema),
        var stored => stored,
    };

    // Bytes that are no characters become U+FFFD, and a cursor of that would jump over rows, or stay before them for ever.
    private static bool IsMalformed(object? stored, SqliteRowReader reader, int ordinal) =>
        stored is string text && text.Contains('\uFFFD') && !reader.IsUtf8(ordinal);

    private static DripException Refuse(string code, string problem, ModelSchema schema) => new(
        DripErrorKind.RunFailed, code, $"A row of {schema.Table} has a key ({string.Join(", ", schema.KeyNames)}) that {problem}.",
        "Give the row another key, or leave it out of the scope.");
}
