using System.Buffers;
using System.Globalization;
using System.Text;
using Drip.Data;
using Drip.Sqlite.Native;

namespace Drip.Sqlite.Data;

/// <summary>
/// How values are stored: exactly as Microsoft.Data.Sqlite stores them, so that any program which uses it reads and finds the
/// same values (dates, decimals and Guids as text, Guids in upper case, booleans and enums as integers).
/// </summary>
internal static class SqliteValue
{
    public const string DateTimeFormat = @"yyyy\-MM\-dd HH\:mm\:ss.FFFFFFF";
    public const string DateTimeOffsetFormat = @"yyyy\-MM\-dd HH\:mm\:ss.FFFFFFFzzz";
    public const string DateFormat = @"yyyy\-MM\-dd";
    public const string DecimalFormat = "0.0###########################";
    public const string TimeFormat = @"HH\:mm\:ss";
    public const string TimeWithFractionFormat = @"HH\:mm\:ss.fffffff";

    /// <summary>Binds a value of any type that a column can have.</summary>
    /// <exception cref="DripException">The value is of no such type.</exception>
    public static void Bind(nint statement, int place, object? value)
    {
        switch (value)
        {
            case null or DBNull: SqliteApi.BindNull(statement, place); break;
            case bool v: SqliteApi.BindInt64(statement, place, v ? 1 : 0); break;
            case int v: SqliteApi.BindInt64(statement, place, v); break;
            case long v: SqliteApi.BindInt64(statement, place, v); break;
            case string v: Bind(statement, place, v); break;
            case double v: Bind(statement, place, v); break;
            case float v: Bind(statement, place, (double)v); break;
            case decimal v: Bind(statement, place, v); break;
            case Guid v: Bind(statement, place, v); break;
            case DateTime v: Bind(statement, place, v, DateTimeFormat); break;
            case DateTimeOffset v: Bind(statement, place, v, DateTimeOffsetFormat); break;
            case DateOnly v: Bind(statement, place, v, DateFormat); break;
            case TimeOnly v: Bind(statement, place, v, FormatOf(v)); break;
            case TimeSpan v: Bind(statement, place, v, "c"); break;
            case byte[] v: SqliteApi.BindBlob(statement, place, v); break;
            case char v: Bind(statement, place, v.ToString()); break;
            case ulong v: SqliteApi.BindInt64(statement, place, unchecked((long)v)); break;
            case uint v: SqliteApi.BindInt64(statement, place, v); break;
            case short v: SqliteApi.BindInt64(statement, place, v); break;
            case ushort v: SqliteApi.BindInt64(statement, place, v); break;
            case byte v: SqliteApi.BindInt64(statement, place, v); break;
            case sbyte v: SqliteApi.BindInt64(statement, place, v); break;
            case Enum v: SqliteApi.BindInt64(statement, place, ToInt64(v)); break;
            default:
                throw new DripException(DripErrorKind.Usage, "unsupported-parameter",
                    $"A value of type {value.GetType()} cannot be a parameter of SQL.", "Use a type that a column can have, or turn it into text.");
        }
    }

    /// <summary>Binds every part of a key from the given place on, and returns the place behind them.</summary>
    public static int BindKey(nint statement, int place, Key key)
    {
        foreach (var part in key.Parts) Bind(statement, place++, part);
        return place;
    }

    /// <summary>Binds the bounds of a range from the given place on, and returns the place behind them.</summary>
    public static int BindRange(nint statement, int place, KeyRange range)
    {
        if (range.Only is not null) return BindKey(statement, place, range.Only);
        if (range.After is not null) place = BindKey(statement, place, range.After);
        return range.To is null ? place : BindKey(statement, place, range.To);
    }

    /// <summary>Binds a text. One that is null against its type becomes NULL, so that the table's own rule decides.</summary>
    public static void Bind(nint statement, int place, string? value)
    {
        if (value is null)
        {
            SqliteApi.BindNull(statement, place);
            return;
        }

        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (most <= 512)
        {
            Span<byte> utf8 = stackalloc byte[512];
            SqliteApi.BindText(statement, place, utf8[..Encoding.UTF8.GetBytes(value, utf8)]);
            return;
        }

        var rented = ArrayPool<byte>.Shared.Rent(most);
        SqliteApi.BindText(statement, place, rented.AsSpan(0, Encoding.UTF8.GetBytes(value, rented)));
        ArrayPool<byte>.Shared.Return(rented);
    }

    /// <inheritdoc cref="Bind(nint, int, string?)"/>
    public static void Bind(nint statement, int place, byte[]? value)
    {
        if (value is null) SqliteApi.BindNull(statement, place);
        else SqliteApi.BindBlob(statement, place, value);
    }

    public static void Bind(nint statement, int place, long value) => SqliteApi.BindInt64(statement, place, value);

    public static void Bind(nint statement, int place, double value)
    {
        // SQLite would store NULL in its place, and a value would be lost without a word.
        if (double.IsNaN(value))
        {
            throw new DripException(DripErrorKind.RunFailed, "nan", "NaN cannot be stored in SQLite.", "Store null or another number in its place.");
        }

        SqliteApi.BindDouble(statement, place, value);
    }

    public static void Bind(nint statement, int place, decimal value) => Bind(statement, place, value, DecimalFormat);

    public static void Bind(nint statement, int place, Guid value)
    {
        Span<byte> text = stackalloc byte[36];
        value.TryFormat(text, out _);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] >= (byte)'a') text[i] -= 'a' - 'A';
        }

        SqliteApi.BindText(statement, place, text);
    }

    public static string FormatOf(TimeOnly value) => value.Ticks % TimeSpan.TicksPerSecond == 0 ? TimeFormat : TimeWithFractionFormat;

    public static void Bind<T>(nint statement, int place, T value, string format) where T : IUtf8SpanFormattable
    {
        Span<byte> text = stackalloc byte[64];
        value.TryFormat(text, out var length, format, CultureInfo.InvariantCulture);
        SqliteApi.BindText(statement, place, text[..length]);
    }

    private static long ToInt64(Enum value) => ((IConvertible)value).GetTypeCode() == TypeCode.UInt64
        ? unchecked((long)((IConvertible)value).ToUInt64(CultureInfo.InvariantCulture))
        : ((IConvertible)value).ToInt64(CultureInfo.InvariantCulture);
}
