using System.Globalization;
using Drip.Data;
using Npgsql;
using NpgsqlTypes;

namespace Drip.Postgres.Data;

/// <summary>How the values of one key column travel.</summary>
internal enum KeyForm { Int16, Int32, Int64, Real, Text, Uuid, Bytes, Timestamp, TimestampTz, Cast }

/// <summary>
/// One column of a key. Integers, double precision numbers, texts, uuids, timestamps and bytes are themselves; every other
/// type travels as its text and is cast back, so that the server compares what it stores.
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
        KeyForm.Real => NpgsqlDbType.Double,
        KeyForm.Uuid => NpgsqlDbType.Uuid,
        KeyForm.Bytes => NpgsqlDbType.Bytea,
        KeyForm.Timestamp => NpgsqlDbType.Timestamp,
        KeyForm.TimestampTz => NpgsqlDbType.TimestampTz,
        _ => NpgsqlDbType.Text,
    };

    public static KeyColumn Of(TableColumn column) => new(
        column.Type switch
        {
            "int2" => KeyForm.Int16,
            "int4" => KeyForm.Int32,
            "int8" => KeyForm.Int64,
            "float8" => KeyForm.Real,
            "text" or "varchar" => KeyForm.Text,
            "uuid" => KeyForm.Uuid,
            "bytea" => KeyForm.Bytes,
            "timestamp" => KeyForm.Timestamp,
            "timestamptz" => KeyForm.TimestampTz,
            _ => KeyForm.Cast,
        },
        column);

    /// <summary>Reads the value, which is not NULL; null if a key cannot hold it.</summary>
    public object? Read(NpgsqlDataReader reader, int column) => Form switch
    {
        KeyForm.Int16 => (long)reader.GetInt16(column),
        KeyForm.Int32 => (long)reader.GetInt32(column),
        KeyForm.Int64 => reader.GetInt64(column),
        KeyForm.Real => reader.GetDouble(column),
        KeyForm.Uuid => reader.GetGuid(column),
        KeyForm.Bytes => reader.GetFieldValue<byte[]>(column),
        KeyForm.Timestamp => PostgresTime.TryRead(reader.GetFieldValue<long>(column), DateTimeKind.Unspecified),
        KeyForm.TimestampTz => PostgresTime.TryRead(reader.GetFieldValue<long>(column), DateTimeKind.Utc),
        _ => reader.GetString(column),
    };

    /// <summary>A parameter for it, without a value.</summary>
    public NpgsqlParameter Parameter() => Form switch
    {
        KeyForm.Int16 or KeyForm.Int32 or KeyForm.Int64 or KeyForm.Timestamp or KeyForm.TimestampTz => new NpgsqlParameter<long> { NpgsqlDbType = ElementType },
        KeyForm.Real => new NpgsqlParameter<double> { NpgsqlDbType = ElementType },
        KeyForm.Uuid => new NpgsqlParameter<Guid> { NpgsqlDbType = ElementType },
        KeyForm.Bytes => new NpgsqlParameter<byte[]> { NpgsqlDbType = ElementType },
        _ => new NpgsqlParameter<string> { NpgsqlDbType = ElementType },
    };

    /// <summary>Binds a part of a key to a parameter that <see cref="Parameter"/> made; false if it is of a type that the column is not.</summary>
    public bool TryBind(NpgsqlParameter parameter, object part)
    {
        switch (Form, part)
        {
            case (KeyForm.Int16 or KeyForm.Int32 or KeyForm.Int64, long value): ((NpgsqlParameter<long>)parameter).TypedValue = value; return true;
            case (KeyForm.Real, double value): ((NpgsqlParameter<double>)parameter).TypedValue = value; return true;
            case (KeyForm.Real, long value): ((NpgsqlParameter<double>)parameter).TypedValue = value; return true;
            case (KeyForm.Uuid, Guid value): ((NpgsqlParameter<Guid>)parameter).TypedValue = value; return true;
            case (KeyForm.Uuid, string text) when Guid.TryParse(text, CultureInfo.InvariantCulture, out var value): ((NpgsqlParameter<Guid>)parameter).TypedValue = value; return true;
            case (KeyForm.Bytes, byte[] value): ((NpgsqlParameter<byte[]>)parameter).TypedValue = value; return true;
            case (KeyForm.Timestamp, DateTime value): ((NpgsqlParameter<long>)parameter).TypedValue = PostgresTime.Microseconds(value); return true;
            case (KeyForm.TimestampTz, DateTime { Kind: not DateTimeKind.Unspecified } value): ((NpgsqlParameter<long>)parameter).TypedValue = PostgresTime.Microseconds(value.ToUniversalTime()); return true;
            case (KeyForm.Text or KeyForm.Cast, string value): ((NpgsqlParameter<string>)parameter).TypedValue = value; return true;
            case (KeyForm.Cast, IFormattable value): ((NpgsqlParameter<string>)parameter).TypedValue = TextOf(value); return true;
            default: return false;
        }
    }

    private static string TextOf(IFormattable value) => value switch
    {
        DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
        _ => value.ToString(null, CultureInfo.InvariantCulture),
    };
}
