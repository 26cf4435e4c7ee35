using Drip.Store;
using Npgsql;
using NpgsqlTypes;

namespace Drip.Postgres.Data;

/// <summary>How values of the tables of progress are bound, in the order of their places, and read.</summary>
internal static class ProgressValues
{
    extension(NpgsqlCommand command)
    {
        public NpgsqlCommand Bind(int value) => command.With(new NpgsqlParameter<int> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Integer });

        public NpgsqlCommand Bind(long value) => command.With(new NpgsqlParameter<long> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bigint });

        public NpgsqlCommand Bind(string? value) => command.With(new NpgsqlParameter { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });

        /// <summary>Text of others: an error's message, an element.</summary>
        public NpgsqlCommand BindTold(string? value) => command.Bind(value is null ? null : SqlValues.Storable(value));

        public NpgsqlCommand Bind(DateTimeOffset? value) =>
            command.With(new NpgsqlParameter { Value = value is { } time ? time.UtcDateTime : DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });

        private NpgsqlCommand With(NpgsqlParameter parameter)
        {
            command.Parameters.Add(parameter);
            return command;
        }
    }

    extension(NpgsqlDataReader row)
    {
        public string? TextAt(int ordinal) => row.IsDBNull(ordinal) ? null : row.GetString(ordinal);

        public DateTimeOffset TimeAt(int ordinal) => new(row.GetDateTime(ordinal));
    }
}
