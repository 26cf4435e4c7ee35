using Drip.Generators.Model;

namespace Drip.Generators.Emit;

/// <summary>The expressions and statements for one column.</summary>
internal static class ColumnCode
{
    /// <summary>Reads a value that is not NULL.</summary>
    public static string Read(ColumnSpec column, int ordinal)
    {
        var value = column.Kind switch
        {
            ColumnKind.Json => $"global::Drip.Generated.JsonColumn.{JsonRead(column)}({ordinal}, reader.GetString({ordinal}), __dripJson{ordinal})",
            ColumnKind.Text => $"reader.GetString({ordinal})",
            var kind => $"reader.Get{kind}({ordinal})",
        };
        return column.EnumName is { } name ? $"({name}){value}" : value;
    }

    /// <summary>Writes a value that is not null.</summary>
    public static string Write(ColumnSpec column, int ordinal, string value) => column.Kind switch
    {
        ColumnKind.SByte or ColumnKind.Byte or ColumnKind.Int16 or ColumnKind.UInt16 or ColumnKind.Int32 or ColumnKind.UInt32
            => $"writer.Write({ordinal}, (long){value});",
        ColumnKind.Int64 when column.EnumName is not null => $"writer.Write({ordinal}, (long){value});",
        ColumnKind.UInt64 when column.EnumName is not null => $"writer.Write({ordinal}, (ulong){value});",
        ColumnKind.Single => $"writer.Write({ordinal}, (double){value});",
        ColumnKind.Json => $"writer.Write({ordinal}, global::System.Text.Json.JsonSerializer.Serialize({value}, __dripJson{ordinal}));",
        _ => $"writer.Write({ordinal}, {value});",
    };

    public static string AreSame(ColumnSpec column, int ordinal, string left, string right) =>
        Compare(column, ordinal, $"{left}.{column.Identifier}", $"{right}.{column.Identifier}", "==", "");

    public static string Differ(ColumnSpec column, int ordinal, string left, string right) =>
        Compare(column, ordinal, $"{left}.{column.Identifier}", $"{right}.{column.Identifier}", "!=", "!");

    public static string Copy(ColumnSpec column) => column switch
    {
        { Kind: ColumnKind.Bytes, IsNullable: true } => $"(byte[]?)row.{column.Identifier}?.Clone()",
        { Kind: ColumnKind.Bytes } => $"(byte[])row.{column.Identifier}.Clone()",
        _ => $"row.{column.Identifier}",
    };

    private static string JsonRead(ColumnSpec column) => column switch
    {
        { IsNullable: true, IsValueType: true } => "ReadValueOrNull",
        { IsNullable: true } => "ReadOrNull",
        _ => "Read",
    };

    private static string Compare(ColumnSpec column, int ordinal, string left, string right, string operation, string not) => column switch
    {
        { Kind: ColumnKind.Single or ColumnKind.Double or ColumnKind.DateTimeOffset or ColumnKind.Bytes }
            => $"{not}global::Drip.Generated.Same.Value({left}, {right})",
        { Kind: ColumnKind.Json, IsNullable: true, IsValueType: true }
            => $"{not}global::Drip.Generated.JsonColumn.AreSame({left}, {right}, __dripJson{ordinal})",
        { Kind: ColumnKind.Json } => $"{not}global::Drip.Generated.Same.Json({left}, {right}, __dripJson{ordinal})",
        // The kind of a DateTime is not stored.
        { Kind: ColumnKind.DateTime, IsNullable: true } => $"{left}?.Ticks {operation} {right}?.Ticks",
        { Kind: ColumnKind.DateTime } => $"{left}.Ticks {operation} {right}.Ticks",
        _ => $"{left} {operation} {right}",
    };
}
