using System.Globalization;
using Drip.Data;
using Npgsql;
using NpgsqlTypes;

namespace Drip.Postgres.Data;

/// <summary>Values of the author's SQL as parameters. Enums are integers, as in the columns of models; integers that PostgreSQL has not widen.</summary>
internal static class SqlValue
{
    /// <summary>Adds the parameters for the author's values of a statement, in the order of their places.</summary>
    public static void AddTo(NpgsqlParameterCollection parameters, IReadOnlyList<PlacedValue> values)
    {
        foreach (var placed in values) parameters.Add(Parameter(placed.Value));
    }

    /// <summary>A parameter for a value of any type that a column can have.</summary>
    /// <exception cref="DripException">The value is of no such type.</exception>
    public static NpgsqlParameter Parameter(object? value) => value switch
    {
        // Without a type, so that the server takes the one that fits.
        null or DBNull => new NpgsqlParameter { Value = DBNull.Value },
        bool v => Of(v, NpgsqlDbType.Boolean),
        int v => Of(v, NpgsqlDbType.Integer),
        long v => Of(v, NpgsqlDbType.Bigint),
        string v => Of(v, NpgsqlDbType.Text),
        double v => Of(v, NpgsqlDbType.Double),
        float v => Of(v, NpgsqlDbType.Real),
        decimal v => Of(v, NpgsqlDbType.Numeric),
        Guid v => Of(v, NpgsqlDbType.Uuid),
        DateTime { Kind: DateTimeKind.Unspecified } v => Of(PostgresTime.Microseconds(v), NpgsqlDbType.Timestamp),
        DateTime v => Of(PostgresTime.Microseconds(v.ToUniversalTime()), NpgsqlDbType.TimestampTz),
        DateTimeOffset v => Of(PostgresTime.Microseconds(v.UtcDateTime), NpgsqlDbType.TimestampTz),
        DateOnly v => Of(PostgresTime.Days(v), NpgsqlDbType.Date),
        TimeOnly v => Of(PostgresTime.Microseconds(v.ToTimeSpan()), NpgsqlDbType.Time),
        TimeSpan v => Of(new NpgsqlInterval(0, v.Days, PostgresTime.Microseconds(v - TimeSpan.FromDays(v.Days))), NpgsqlDbType.Interval),
        byte[] v => Of(v, NpgsqlDbType.Bytea),
        char v => Of(v.ToString(), NpgsqlDbType.Text),
        ulong v => Of((decimal)v, NpgsqlDbType.Numeric),
        uint v => Of((long)v, NpgsqlDbType.Bigint),
        short v => Of(v, NpgsqlDbType.Smallint),
        ushort v => Of((int)v, NpgsqlDbType.Integer),
        byte v => Of((short)v, NpgsqlDbType.Smallint),
        sbyte v => Of((short)v, NpgsqlDbType.Smallint),
        Enum v => OfEnum(v),
        _ => throw new DripException(DripErrorKind.Usage, "unsupported-parameter",
            $"A value of type {value.GetType()} cannot be a parameter of SQL.", "Use a type that a column can have, or turn it into text."),
    };

    private static NpgsqlParameter OfEnum(IConvertible value) => value.GetTypeCode() == TypeCode.UInt64
        ? Of((decimal)value.ToUInt64(CultureInfo.InvariantCulture), NpgsqlDbType.Numeric)
        : Of(value.ToInt64(CultureInfo.InvariantCulture), NpgsqlDbType.Bigint);

    private static NpgsqlParameter<TValue> Of<TValue>(TValue value, NpgsqlDbType type) => new() { TypedValue = value, NpgsqlDbType = type };
}
