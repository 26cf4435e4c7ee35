using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Unicode;
using Drip.Sqlite.Native;

namespace Drip.Sqlite.Data;

/// <summary>
/// Reads a statement's current record. Reads what Microsoft.Data.Sqlite writes, and the other forms in which programs
/// store the same (Guids as 16 bytes, dates as Julian days, numbers as text); what would lose or invent a value is refused.
/// </summary>
internal readonly struct SqliteRowReader(nint statement) : IRowReader
{
    private const int MaxShortText = 64;

    public bool IsNull(int ordinal) => SqliteApi.ColumnType(statement, ordinal) == SqliteApi.TypeNull;

    public bool GetBoolean(int ordinal) => GetInt64(ordinal) != 0;

    public sbyte GetSByte(int ordinal) => Narrow<sbyte>(ordinal, "a whole number from -128 to 127");

    public byte GetByte(int ordinal) => Narrow<byte>(ordinal, "a whole number from 0 to 255");

    public short GetInt16(int ordinal) => Narrow<short>(ordinal, "a whole number of 16 bits");

    public ushort GetUInt16(int ordinal) => Narrow<ushort>(ordinal, "a positive whole number of 16 bits");

    public int GetInt32(int ordinal)
    {
        var value = GetInt64(ordinal);
        return (int)value == value ? (int)value : throw Refuse(ordinal, "a whole number of 32 bits");
    }

    public uint GetUInt32(int ordinal) => Narrow<uint>(ordinal, "a positive whole number of 32 bits");

    public long GetInt64(int ordinal)
    {
        var value = SqliteApi.ColumnValue(statement, ordinal);
        return SqliteApi.ValueType(value) == SqliteApi.TypeInteger ? SqliteApi.ValueInt64(value) : GetOddInt64(ordinal);
    }

    public ulong GetUInt64(int ordinal) => unchecked((ulong)GetInt64(ordinal));

    public float GetSingle(int ordinal) => (float)GetDouble(ordinal);

    public double GetDouble(int ordinal)
    {
        switch (SqliteApi.ColumnType(statement, ordinal))
        {
            case SqliteApi.TypeReal or SqliteApi.TypeInteger:
                return SqliteApi.ColumnDouble(statement, ordinal);
            case SqliteApi.TypeText when double.TryParse(Text(ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var value):
                return value;
            default:
                throw Refuse(ordinal, "a number");
        }
    }

    public decimal GetDecimal(int ordinal)
    {
        switch (SqliteApi.ColumnType(statement, ordinal))
        {
            case SqliteApi.TypeInteger:
                return SqliteApi.ColumnInt64(statement, ordinal);
            case SqliteApi.TypeText or SqliteApi.TypeReal when decimal.TryParse(Text(ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var value):
                return value;
            default:
                throw Refuse(ordinal, "a decimal number");
        }
    }

    public char GetChar(int ordinal)
    {
        switch (SqliteApi.ColumnType(statement, ordinal))
        {
            case SqliteApi.TypeInteger when SqliteApi.ColumnInt64(statement, ordinal) is >= char.MinValue and <= char.MaxValue and var code:
                return (char)code;
            case SqliteApi.TypeText when GetString(ordinal) is [var only]:
                return only;
            default:
                throw Refuse(ordinal, "one character");
        }
    }

    public string GetString(int ordinal)
    {
        var value = SqliteApi.ColumnValue(statement, ordinal);
        return SqliteApi.ValueType(value) is SqliteApi.TypeNull or SqliteApi.TypeBlob
            ? throw Refuse(ordinal, "text")
            : Decoded(SqliteApi.ValueText(value));
    }

    public Guid GetGuid(int ordinal)
    {
        switch (SqliteApi.ColumnType(statement, ordinal))
        {
            case SqliteApi.TypeText when Guid.TryParse(GetString(ordinal), CultureInfo.InvariantCulture, out var value):
                return value;
            case SqliteApi.TypeBlob when SqliteApi.ColumnBlob(statement, ordinal) is { Length: 16 } bytes:
                return new Guid(bytes);
            default:
                throw Refuse(ordinal, "a Guid");
        }
    }

    public DateTime GetDateTime(int ordinal)
    {
        switch (SqliteApi.ColumnType(statement, ordinal))
        {
            // The digits are kept as they stand, whatever zone this machine is in.
            case SqliteApi.TypeText when DateTime.TryParse(GetString(ordinal), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var value):
                return value;
            case SqliteApi.TypeReal or SqliteApi.TypeInteger:
                return FromJulianDay(ordinal);
            default:
                throw Refuse(ordinal, "a date and time");
        }
    }

    public DateTimeOffset GetDateTimeOffset(int ordinal)
    {
        switch (SqliteApi.ColumnType(statement, ordinal))
        {
            case SqliteApi.TypeText when DateTimeOffset.TryParse(GetString(ordinal), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value):
                return value;
            case SqliteApi.TypeReal or SqliteApi.TypeInteger:
                return new DateTimeOffset(FromJulianDay(ordinal), TimeSpan.Zero);
            default:
                throw Refuse(ordinal, "a date and time with an offset");
        }
    }

    public DateOnly GetDate(int ordinal)
    {
        switch (SqliteApi.ColumnType(statement, ordinal))
        {
            case SqliteApi.TypeText when DateOnly.TryParse(GetString(ordinal), CultureInfo.InvariantCulture, out var value):
                return value;
            case SqliteApi.TypeText when DateTime.TryParse(GetString(ordinal), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var value) && value.TimeOfDay == TimeSpan.Zero:
                return DateOnly.FromDateTime(value);
            case SqliteApi.TypeReal or SqliteApi.TypeInteger:
                return DateOnly.FromDateTime(FromJulianDay(ordinal));
            default:
                throw Refuse(ordinal, "a date");
        }
    }

    public TimeOnly GetTime(int ordinal) =>
        SqliteApi.ColumnType(statement, ordinal) == SqliteApi.TypeText
        && TimeOnly.TryParse(GetString(ordinal), CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Refuse(ordinal, "a time of day");

    public TimeSpan GetDuration(int ordinal)
    {
        switch (SqliteApi.ColumnType(statement, ordinal))
        {
            case SqliteApi.TypeText when TimeSpan.TryParse(GetString(ordinal), CultureInfo.InvariantCulture, out var value):
                return value;
            case SqliteApi.TypeReal or SqliteApi.TypeInteger:
                return TimeSpan.FromDays(SqliteApi.ColumnDouble(statement, ordinal));
            default:
                throw Refuse(ordinal, "a duration");
        }
    }

    public byte[] GetBytes(int ordinal) => SqliteApi.ColumnType(statement, ordinal) switch
    {
        SqliteApi.TypeBlob => SqliteApi.ColumnBlob(statement, ordinal).ToArray(),
        SqliteApi.TypeText => Text(ordinal).ToArray(),
        _ => throw Refuse(ordinal, "bytes"),
    };

    /// <summary>The value as SQLite holds it, for a part of a key: the cursor must be the stored value to the letter, or rows would be walked twice or missed.</summary>
    public object? GetStored(int ordinal) => SqliteApi.ColumnType(statement, ordinal) switch
    {
        SqliteApi.TypeInteger => SqliteApi.ColumnInt64(statement, ordinal),
        SqliteApi.TypeReal => SqliteApi.ColumnDouble(statement, ordinal),
        SqliteApi.TypeText => Encoding.UTF8.GetString(Text(ordinal)),
        SqliteApi.TypeBlob => SqliteApi.ColumnBlob(statement, ordinal).ToArray(),
        _ => null,
    };

    /// <summary>Whether a text is well-formed.</summary>
    public bool IsUtf8(int ordinal) => Utf8.IsValid(Text(ordinal));

    // A short text is read once and not twice, as it is where its characters are counted first. It has at most as many as bytes.
    private static string Decoded(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxShortText) return Encoding.UTF8.GetString(utf8);
        Span<char> text = stackalloc char[MaxShortText];
        return new string(text[..Encoding.UTF8.GetChars(utf8, text)]);
    }

    private ReadOnlySpan<byte> Text(int ordinal) => SqliteApi.ColumnText(statement, ordinal);

    private T Narrow<T>(int ordinal, string expected) where T : struct, IBinaryInteger<T>
    {
        var value = GetInt64(ordinal);
        var narrow = T.CreateTruncating(value);
        return long.CreateTruncating(narrow) == value ? narrow : throw Refuse(ordinal, expected);
    }

    // Integers that a program stored as something else, as far as they are whole.
    private long GetOddInt64(int ordinal)
    {
        switch (SqliteApi.ColumnType(statement, ordinal))
        {
            case SqliteApi.TypeReal when SqliteApi.ColumnDouble(statement, ordinal) is var real && Math.Abs(real) < 1L << 53 && Math.Truncate(real) == real:
                return (long)real;
            case SqliteApi.TypeText when long.TryParse(Text(ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value):
                return value;
            default:
                throw Refuse(ordinal, "a whole number");
        }
    }

    private DateTime FromJulianDay(int ordinal)
    {
        const double julianDayOfYear1 = 1721425.5;
        var days = SqliteApi.ColumnDouble(statement, ordinal) - julianDayOfYear1;
        if (days is < 0 or >= 3652059) throw Refuse(ordinal, "a date and time");
        return new DateTime(checked((long)Math.Round(days * TimeSpan.MillisecondsPerDay)) * TimeSpan.TicksPerMillisecond);
    }

    private ColumnException Refuse(int ordinal, string expected) => new(ordinal, Shown(ordinal), expected);

    private string Shown(int ordinal) => GetStored(ordinal) switch
    {
        null => "NULL",
        string { Length: > 40 } text => $"the text '{text[..40]}…'",
        string text => $"the text '{text}'",
        byte[] bytes => $"{bytes.Length} bytes",
        IFormattable number => $"the number {number.ToString(null, CultureInfo.InvariantCulture)}",
        var other => other.ToString()!,
    };
}
