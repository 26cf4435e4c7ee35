using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace Drip.Postgres.Data;

/// <summary>
/// The values of one column for many rows, sent as one array. A value of a type that the column does not have is an error of
/// the model, which was compared with the table before.
/// </summary>
internal abstract class ColumnBuffer
{
    /// <summary>A buffer for what is sent as so and so.</summary>
    public static ColumnBuffer Of(Wire wire) => wire switch
    {
        Wire.Bool => new BooleanBuffer(),
        Wire.Int16 or Wire.Int32 or Wire.Int64 => new IntegerBuffer(),
        Wire.Single or Wire.Double => new DoubleBuffer(),
        Wire.Decimal => new DecimalBuffer(),
        Wire.Uuid => new GuidBuffer(),
        Wire.Timestamp or Wire.TimestampTz => new MomentBuffer(wire),
        Wire.Date => new DateBuffer(),
        Wire.Time => new TimeBuffer(),
        Wire.Interval => new IntervalBuffer(),
        Wire.Bytes => new BytesBuffer(),
        _ => new TextBuffer(),
    };

    /// <summary>A buffer for a part of a key.</summary>
    public static ColumnBuffer Of(KeyForm form) => Of(form switch
    {
        KeyForm.Int16 or KeyForm.Int32 or KeyForm.Int64 => Wire.Int64,
        KeyForm.Uuid => Wire.Uuid,
        KeyForm.Timestamp => Wire.Timestamp,
        KeyForm.TimestampTz => Wire.TimestampTz,
        _ => Wire.Text,
    });

    /// <summary>The array of the values as a parameter.</summary>
    public abstract NpgsqlParameter Parameter { get; }

    /// <summary>The value at an index as a parameter of its own.</summary>
    public abstract NpgsqlParameter One(int index);

    public abstract void Clear();

    public abstract void AddNull();

    public virtual void Add(bool value) => throw Misfit(value);

    public virtual void Add(long value) => throw Misfit(value);

    public virtual void Add(ulong value) => throw Misfit(value);

    public virtual void Add(double value) => throw Misfit(value);

    public virtual void Add(decimal value) => throw Misfit(value);

    public virtual void Add(string value) => throw Misfit(value);

    public virtual void Add(Guid value) => throw Misfit(value);

    public virtual void Add(DateTime value) => throw Misfit(value);

    public virtual void Add(DateTimeOffset value) => throw Misfit(value);

    public virtual void Add(DateOnly value) => throw Misfit(value);

    public virtual void Add(TimeOnly value) => throw Misfit(value);

    public virtual void Add(TimeSpan value) => throw Misfit(value);

    public virtual void Add(byte[] value) => throw Misfit(value);

    /// <summary>Adds a part of a key; false if it is of a type that the column does not have.</summary>
    public bool TryAddPart(KeyForm form, object part)
    {
        switch (form, part)
        {
            case (KeyForm.Int16 or KeyForm.Int32 or KeyForm.Int64, long value): Add(value); return true;
            case (KeyForm.Uuid, Guid value): Add(value); return true;
            case (KeyForm.Timestamp, DateTime value): Add(value); return true;
            case (KeyForm.TimestampTz, DateTime { Kind: not DateTimeKind.Unspecified } value): Add(value); return true;
            case (KeyForm.Text, string value): Add(value); return true;
            case (KeyForm.Cast, _): Add(KeyColumn.TextOf(part)); return true;
            default: return false;
        }
    }

    private static InvalidOperationException Misfit(object value) => new($"A {value.GetType().Name} was written to a column that holds something else.");

    private sealed class BooleanBuffer() : ValueBuffer<bool>(NpgsqlDbType.Boolean)
    {
        public override void Add(bool value) => Values.Add(value);
    }

    private sealed class IntegerBuffer() : ValueBuffer<long>(NpgsqlDbType.Bigint)
    {
        public override void Add(long value) => Values.Add(value);

        public override void Add(ulong value) =>
            Values.Add(value <= long.MaxValue ? (long)value : throw Lost("number", value.ToString(CultureInfo.InvariantCulture), "is larger than PostgreSQL's integers"));

        public override void Add(decimal value) => Values.Add(
            decimal.Truncate(value) == value && value >= long.MinValue && value <= long.MaxValue
                ? (long)value
                : throw Lost("number", value.ToString(CultureInfo.InvariantCulture), "is no integer of PostgreSQL's, and would be rounded"));
    }

    private sealed class DoubleBuffer() : ValueBuffer<double>(NpgsqlDbType.Double)
    {
        public override void Add(double value) => Values.Add(value);
    }

    private sealed class DecimalBuffer() : ValueBuffer<decimal>(NpgsqlDbType.Numeric)
    {
        public override void Add(decimal value) => Values.Add(value);

        public override void Add(long value) => Values.Add(value);

        public override void Add(ulong value) => Values.Add(value);
    }

    private sealed class GuidBuffer() : ValueBuffer<Guid>(NpgsqlDbType.Uuid)
    {
        public override void Add(Guid value) => Values.Add(value);
    }

    private sealed class MomentBuffer(Wire wire) : ValueBuffer<long>(ColumnPlan.TypeOf(wire))
    {
        public override void Add(DateTime value)
        {
            // Without a zone the digits are kept as they stand, whatever zone this machine is in.
            if (wire == Wire.TimestampTz && value.Kind == DateTimeKind.Unspecified)
                throw Lost("moment", value.ToString("O", CultureInfo.InvariantCulture), "has no zone, and its column holds moments of all zones (timestamptz)");
            Values.Add(PostgresTime.Microseconds(wire == Wire.TimestampTz ? value.ToUniversalTime() : value));
        }

        public override void Add(DateTimeOffset value) => Values.Add(PostgresTime.Microseconds(value.UtcDateTime));
    }

    private sealed class DateBuffer() : ValueBuffer<int>(NpgsqlDbType.Date)
    {
        public override void Add(DateOnly value) => Values.Add(PostgresTime.Days(value));
    }

    private sealed class TimeBuffer() : ValueBuffer<long>(NpgsqlDbType.Time)
    {
        public override void Add(TimeOnly value) => Values.Add(PostgresTime.Microseconds(value.ToTimeSpan()));
    }

    private sealed class IntervalBuffer() : ValueBuffer<NpgsqlInterval>(NpgsqlDbType.Interval)
    {
        public override void Add(TimeSpan value) =>
            Values.Add(new NpgsqlInterval(0, value.Days, PostgresTime.Microseconds(value - TimeSpan.FromDays(value.Days))));
    }

    private sealed class TextBuffer() : ReferenceBuffer<string>(NpgsqlDbType.Text)
    {
        public override void Add(string value) => Values.Add(value);

        // An integer that is the key of a column of another type, which compares it as a text that is cast.
        public override void Add(long value) => Values.Add(value.ToString(CultureInfo.InvariantCulture));
    }

    private sealed class BytesBuffer() : ReferenceBuffer<byte[]>(NpgsqlDbType.Bytea)
    {
        public override void Add(byte[] value) => Values.Add(value);
    }

    private static DripException Lost(string what, string value, string why) => new(
        DripErrorKind.RunFailed, "unwritable-value", $"The {what} {value} {why}.", "Write another value, or change the column's type.");

    private abstract class ValueBuffer<TValue>(NpgsqlDbType type) : ColumnBuffer where TValue : struct
    {
        private readonly NpgsqlParameter<List<TValue?>> _parameter = new() { NpgsqlDbType = type | NpgsqlDbType.Array };

        protected List<TValue?> Values { get; } = [];

        public override NpgsqlParameter Parameter
        {
            get
            {
                _parameter.TypedValue = Values;
                return _parameter;
            }
        }

        public override NpgsqlParameter One(int index) => Values[index] is { } value
            ? new NpgsqlParameter<TValue> { NpgsqlDbType = type, TypedValue = value }
            : new NpgsqlParameter { NpgsqlDbType = type, Value = DBNull.Value };

        public override void Clear() => Values.Clear();

        public override void AddNull() => Values.Add(null);
    }

    private abstract class ReferenceBuffer<TValue>(NpgsqlDbType type) : ColumnBuffer where TValue : class
    {
        private readonly NpgsqlParameter<List<TValue?>> _parameter = new() { NpgsqlDbType = type | NpgsqlDbType.Array };

        protected List<TValue?> Values { get; } = [];

        public override NpgsqlParameter Parameter
        {
            get
            {
                _parameter.TypedValue = Values;
                return _parameter;
            }
        }

        public override NpgsqlParameter One(int index) => Values[index] is { } value
            ? new NpgsqlParameter<TValue> { NpgsqlDbType = type, TypedValue = value }
            : new NpgsqlParameter { NpgsqlDbType = type, Value = DBNull.Value };

        public override void Clear() => Values.Clear();

        public override void AddNull() => Values.Add(null);
    }
}
