using System.Globalization;
using Drip.Data;
using Npgsql;
using NpgsqlTypes;

namespace Drip.Postgres.Data;

/// <summary>How the values of one key column travel.</summary>
internal enum KeyForm { Int16, Int32, Int64, Text, Uuid, Timestamp, TimestampTz, Cast }

/// <summary>
/// One column of a key. Integers, texts, uuids and timestamps are themselves where the model's member is of that type; everything
/// else travels as its text and is cast back, so that the server compares what it stores.
/// </summary>
internal sealed class KeyColumn
{
    private KeyColumn(KeyForm form, TableColumn column)
    {
        (Form, Type) = (form, column.Shown);
        if (form != KeyForm.Cast) return;
        Select = new SqlBuilder('$').Name(column.Name).Append("::text").ToString();
        Cast = "::" + column.Cast;
    }

    /// <summary>How it travels.</summary>
    public KeyForm Form { get; }

    /// <summary>What people call its type.</summary>
    public string Type { get; }

    /// <summary>What stands in a SELECT for it; null for the plain name.</summary>
    public string? Select { get; }

    /// <summary>What follows its place; null for nothing.</summary>
    public string? Cast { get; }

    /// <summary>The type of an array of its values, for <c>unnest</c>.</summary>
    public NpgsqlDbType ElementType => Form switch
    {
        KeyForm.Int16 or KeyForm.Int32 or KeyForm.Int64 => NpgsqlDbType.Bigint,
        KeyForm.Uuid => NpgsqlDbType.Uuid,
        KeyForm.Timestamp => NpgsqlDbType.Timestamp,
        KeyForm.TimestampTz => NpgsqlDbType.TimestampTz,
        _ => NpgsqlDbType.Text,
    };

    public static KeyColumn Of(TableColumn column, ColumnType member) => new(
        (column.Type, member) switch
        {
            ("int2", not ColumnType.Text) => KeyForm.Int16,
            ("int4", not ColumnType.Text) => KeyForm.Int32,
            ("int8", not ColumnType.Text) => KeyForm.Int64,
            ("text" or "varchar", _) => KeyForm.Text,
            ("uuid", not ColumnType.Text) => KeyForm.Uuid,
            ("timestamp", not ColumnType.Text) => KeyForm.Timestamp,
            ("timestamptz", not ColumnType.Text) => KeyForm.TimestampTz,
            _ => KeyForm.Cast,
        },
        column);

    /// <summary>Reads the value, which is not NULL; null if a key cannot hold it.</summary>
    public object? Read(NpgsqlDataReader reader, int column) => Form switch
    {
        KeyForm.Int16 => (long)reader.GetInt16(column),
        KeyForm.Int32 => (long)reader.GetInt32(column),
        KeyForm.Int64 => reader.GetInt64(column),
        KeyForm.Uuid => reader.GetGuid(column),
        KeyForm.Timestamp => PostgresTime.TryRead(reader.GetFieldValue<long>(column), DateTimeKind.Unspecified),
        KeyForm.TimestampTz => PostgresTime.TryRead(reader.GetFieldValue<long>(column), DateTimeKind.Utc),
        _ => reader.GetString(column),
    };

    /// <summary>A parameter for it, without a value.</summary>
    public NpgsqlParameter Parameter() => Form switch
    {
        KeyForm.Int16 or KeyForm.Int32 or KeyForm.Int64 or KeyForm.Timestamp or KeyForm.TimestampTz => new NpgsqlParameter<long> { NpgsqlDbType = ElementType },
        KeyForm.Uuid => new NpgsqlParameter<Guid> { NpgsqlDbType = ElementType },
        _ => new NpgsqlParameter<string> { NpgsqlDbType = ElementType },
    };

    /// <summary>Binds a part of a key to a parameter that <see cref="Parameter"/> made; false if it is of a type that the column is not.</summary>
    public bool TryBind(NpgsqlParameter parameter, object part)
    {
        switch (Form, part)
        {
            case (KeyForm.Int16 or KeyForm.Int32 or KeyForm.Int64, long value): ((NpgsqlParameter<long>)parameter).TypedValue = value; return true;
            case (KeyForm.Uuid, Guid value): ((NpgsqlParameter<Guid>)parameter).TypedValue = value; return true;
            case (KeyForm.Uuid, string text) when Guid.TryParse(text, CultureInfo.InvariantCulture, out var value): ((NpgsqlParameter<Guid>)parameter).TypedValue = value; return true;
            case (KeyForm.Timestamp, DateTime value): ((NpgsqlParameter<long>)parameter).TypedValue = PostgresTime.Microseconds(value); return true;
            case (KeyForm.TimestampTz, DateTime { Kind: not DateTimeKind.Unspecified } value): ((NpgsqlParameter<long>)parameter).TypedValue = PostgresTime.Microseconds(value.ToUniversalTime()); return true;
            case (KeyForm.Text, string value): ((NpgsqlParameter<string>)parameter).TypedValue = value; return true;
            case (KeyForm.Cast, _): ((NpgsqlParameter<string>)parameter).TypedValue = TextOf(part); return true;
            default: return false;
        }
    }

    /// <summary>A part of a key as the text that is cast to the column's type.</summary>
    public static string TextOf(object part) => part switch
    {
        string text => text,
        byte[] bytes => "\\x" + Convert.ToHexString(bytes),
        DateTime moment => moment.ToString("O", CultureInfo.InvariantCulture),
        var other => ((IFormattable)other).ToString(null, CultureInfo.InvariantCulture),
    };
}
