using Drip.Data;
using NpgsqlTypes;

namespace Drip.Postgres.Data;

/// <summary>What a column's values are on the way between the server and Drip.</summary>
internal enum Wire : byte { Bool, Int16, Int32, Int64, Single, Double, Decimal, Text, Uuid, Timestamp, TimestampTz, Date, Time, Interval, Bytes }

/// <summary>How one column of a model is read and written.</summary>
/// <param name="Read">What the server sends.</param>
/// <param name="Select">What stands in a SELECT for it; null for the plain name.</param>
/// <param name="Write">What is sent to the server.</param>
/// <param name="Assign">What turns that into the column's value, with <c>{0}</c> for it; null where an assignment does so by itself.</param>
internal sealed record ColumnPlan(Wire Read, string? Select, Wire Write, string? Assign)
{
    /// <summary>What is assigned to the column, where this stands for the value.</summary>
    public static string Assigned(ColumnPlan plan, string value) => plan.Assign is { } assign ? assign.Replace("{0}", value) : value;

    /// <summary>The type of the parameters.</summary>
    public static NpgsqlDbType TypeOf(Wire wire) => wire switch
    {
        Wire.Bool => NpgsqlDbType.Boolean,
        Wire.Int16 or Wire.Int32 or Wire.Int64 => NpgsqlDbType.Bigint,
        Wire.Single or Wire.Double => NpgsqlDbType.Double,
        Wire.Decimal => NpgsqlDbType.Numeric,
        Wire.Uuid => NpgsqlDbType.Uuid,
        Wire.Timestamp => NpgsqlDbType.Timestamp,
        Wire.TimestampTz => NpgsqlDbType.TimestampTz,
        Wire.Date => NpgsqlDbType.Date,
        Wire.Time => NpgsqlDbType.Time,
        Wire.Interval => NpgsqlDbType.Interval,
        Wire.Bytes => NpgsqlDbType.Bytea,
        _ => NpgsqlDbType.Text,
    };

    /// <summary>The plan for a member over a column; null if they do not fit.</summary>
    public static ColumnPlan? Of(ColumnType member, TableColumn column) => member switch
    {
        ColumnType.Text => OfText(column),
        ColumnType.Json => OfJson(column),
        _ => FormOf(member, column) is { } wire ? new ColumnPlan(wire, null, wire, null) : null,
    };

    /// <summary>What a person can do about a member and a column that do not fit.</summary>
    public static string Remedy(ModelColumn member, TableColumn column)
    {
        var fitting = column switch
        {
            { IsArray: true } => "a string, or a [Json] member that is an array",
            { IsEnum: true } => "a string, which holds the name of the enum's value",
            _ => column.Type switch
            {
                "bool" => "a bool",
                "int2" => "a short", "int4" => "an int", "int8" => "a long",
                "float4" => "a float", "float8" => "a double", "numeric" => "a decimal",
                "uuid" => "a Guid", "bytea" => "a byte[]",
                "timestamp" => "a DateTime", "timestamptz" => "a DateTime or a DateTimeOffset",
                "date" => "a DateOnly", "time" => "a TimeOnly", "interval" => "a TimeSpan",
                "json" or "jsonb" => "a [Json] member or a string",
                _ => "a string",
            },
        };
        return $"Make {member.Member} {fitting}, or change the column's type.";
    }

    /// <summary>What people call a member's type.</summary>
    public static string Shown(ColumnType member) => member switch
    {
        ColumnType.Boolean => "a bool",
        ColumnType.SByte => "an sbyte", ColumnType.Byte => "a byte", ColumnType.Int16 => "a short", ColumnType.UInt16 => "a ushort",
        ColumnType.Int32 => "an int (or an enum, which is stored as one)", ColumnType.UInt32 => "a uint", ColumnType.Int64 => "a long", ColumnType.UInt64 => "a ulong",
        ColumnType.Single => "a float", ColumnType.Double => "a double", ColumnType.Decimal => "a decimal",
        ColumnType.Char => "a char", ColumnType.Text => "a string", ColumnType.Guid => "a Guid",
        ColumnType.Date => "a DateOnly", ColumnType.Time => "a TimeOnly", ColumnType.Duration => "a TimeSpan",
        ColumnType.Bytes => "a byte[]", ColumnType.Json => "a [Json] member",
        var other => $"a {other}",
    };

    // Only pairs that lose nothing on the way, or that say so for the row that would: a number that is too large, a moment that is infinite.
    private static Wire? FormOf(ColumnType member, TableColumn column) => column.IsArray || column.IsEnum ? null : (member, column.Type) switch
    {
        (ColumnType.Boolean, "bool") => Wire.Bool,
        (ColumnType.SByte or ColumnType.Byte or ColumnType.Int16 or ColumnType.UInt16 or ColumnType.Int32 or ColumnType.UInt32 or ColumnType.Int64 or ColumnType.UInt64 or ColumnType.Decimal, "int2") => Wire.Int16,
        (ColumnType.SByte or ColumnType.Byte or ColumnType.Int16 or ColumnType.UInt16 or ColumnType.Int32 or ColumnType.UInt32 or ColumnType.Int64 or ColumnType.UInt64 or ColumnType.Decimal, "int4") => Wire.Int32,
        (ColumnType.SByte or ColumnType.Byte or ColumnType.Int16 or ColumnType.UInt16 or ColumnType.Int32 or ColumnType.UInt32 or ColumnType.Int64 or ColumnType.UInt64 or ColumnType.Decimal, "int8") => Wire.Int64,
        (ColumnType.SByte or ColumnType.Byte or ColumnType.Int16 or ColumnType.UInt16 or ColumnType.Int32 or ColumnType.UInt32 or ColumnType.Int64 or ColumnType.UInt64 or ColumnType.Decimal, "numeric") => Wire.Decimal,
        (ColumnType.Single or ColumnType.Double, "float4") => Wire.Single,
        (ColumnType.Double, "float8") => Wire.Double,
        (ColumnType.Char, "text" or "varchar" or "bpchar") => Wire.Text,
        (ColumnType.Guid, "uuid") => Wire.Uuid,
        (ColumnType.DateTime, "timestamp") => Wire.Timestamp,
        (ColumnType.DateTime or ColumnType.DateTimeOffset, "timestamptz") => Wire.TimestampTz,
        (ColumnType.Date, "date") => Wire.Date,
        (ColumnType.Time, "time") => Wire.Time,
        (ColumnType.Duration, "interval") => Wire.Interval,
        (ColumnType.Bytes, "bytea") => Wire.Bytes,
        _ => null,
    };

    // Every type has a text that it can be made of again.
    private static ColumnPlan OfText(TableColumn column) => column.Type is "text" or "varchar" or "bpchar"
        ? new ColumnPlan(Wire.Text, null, Wire.Text, null)
        : new ColumnPlan(Wire.Text, Name(column) + "::text", Wire.Text, "{0}::" + column.Cast);

    private static ColumnPlan? OfJson(TableColumn column) => column switch
    {
        // NULL stays NULL: ARRAY of no rows would be an empty array.
        { IsArray: true } => new ColumnPlan(
            Wire.Text, $"to_json({Name(column)})::text", Wire.Text,
            "CASE WHEN {0} IS NULL THEN NULL ELSE ARRAY(SELECT jsonb_array_elements_text({0}::jsonb))::" + column.Cast + " END"),
        { Type: "json" or "jsonb" } => new ColumnPlan(Wire.Text, Name(column) + "::text", Wire.Text, "{0}::" + column.Cast),
        { Type: "text" or "varchar" } => new ColumnPlan(Wire.Text, null, Wire.Text, null),
        _ => null,
    };

    private static string Name(TableColumn column) => new SqlBuilder('$').Name(column.Name).ToString();
}
