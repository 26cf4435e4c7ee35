using System.Globalization;
using Npgsql;

namespace Drip.Postgres.Data;

/// <summary>Names the row, the column and the member that do not fit together.</summary>
internal static class UnreadableRow
{
    public static DripException Explain(ColumnException error, NpgsqlDataReader reader, TableShape shape)
    {
        var schema = shape.Schema;
        var column = schema.Columns[error.Ordinal];
        var row = $"{string.Join(", ", schema.KeyNames)} = {Key(reader, shape)}";
        var problem = $"{schema.Table}.{column.Name} holds {error.Problem} in the row with {row}, but {schema.Model}.{column.Member} is {error.Expected}";
        return new DripException(DripErrorKind.RunFailed, "unreadable-row",
            error.Problem == "NULL" ? $"{problem.TrimEnd(',')} and cannot be null." : problem.TrimEnd(',') + ".",
            error.Problem == "NULL" ? $"Make {column.Member} nullable, or give the row a value." : "Mend the row, or change the member's type.",
            error);
    }

    private static string Key(NpgsqlDataReader reader, TableShape shape)
    {
        var parts = new string[shape.Schema.Key.Count];
        for (var i = 0; i < parts.Length; i++) parts[i] = Part(reader, shape.Schema.Key[i], shape.Reads[shape.Schema.Key[i]]);
        return parts.Length == 1 ? parts[0] : $"({string.Join(", ", parts)})";
    }

    private static string Part(NpgsqlDataReader reader, int ordinal, Wire wire)
    {
        if (reader.IsDBNull(ordinal)) return "NULL";
        return wire switch
        {
            Wire.Int16 => reader.GetInt16(ordinal).ToString(CultureInfo.InvariantCulture),
            Wire.Int32 => reader.GetInt32(ordinal).ToString(CultureInfo.InvariantCulture),
            Wire.Int64 => reader.GetInt64(ordinal).ToString(CultureInfo.InvariantCulture),
            Wire.Uuid => reader.GetGuid(ordinal).ToString(),
            Wire.Timestamp or Wire.TimestampTz => PostgresTime.TryRead(reader.GetFieldValue<long>(ordinal), DateTimeKind.Unspecified) is { } moment
                ? moment.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture)
                : "infinity",
            Wire.Text => reader.GetString(ordinal),
            _ => "?",
        };
    }
}
