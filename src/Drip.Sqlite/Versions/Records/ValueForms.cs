namespace Drip.Sqlite.Versions;

/// <summary>What columns of each type look like in a version.</summary>
internal static class ValueForms
{
    public static ValueForm Of(ColumnType type) => type switch
    {
        ColumnType.Single or ColumnType.Double or ColumnType.DateTime => ValueForm.Fixed,
        ColumnType.DateTimeOffset => ValueForm.Moment,
        ColumnType.Guid => ValueForm.Guid,
        ColumnType.Decimal => ValueForm.Decimal,
        ColumnType.Bytes => ValueForm.Bytes,
        ColumnType.Text or ColumnType.Json => ValueForm.Text,
        _ => ValueForm.Number,
    };

    /// <summary>Whether every value of a column that had one type can be read by a model whose column has another.</summary>
    public static bool CanRead(ColumnType written, ColumnType now) => written == now || (written, now) switch
    {
        (ColumnType.Single, ColumnType.Double) => true,
        (ColumnType.Byte, ColumnType.Int16 or ColumnType.UInt16) => true,
        (ColumnType.SByte, ColumnType.Int16) => true,
        (ColumnType.SByte or ColumnType.Byte or ColumnType.Int16 or ColumnType.UInt16, ColumnType.Int32) => true,
        (ColumnType.Byte or ColumnType.UInt16, ColumnType.UInt32) => true,
        (ColumnType.SByte or ColumnType.Byte or ColumnType.Int16 or ColumnType.UInt16 or ColumnType.Int32 or ColumnType.UInt32, ColumnType.Int64) => true,
        (ColumnType.Byte or ColumnType.UInt16 or ColumnType.UInt32, ColumnType.UInt64) => true,
        _ => false,
    };
}
