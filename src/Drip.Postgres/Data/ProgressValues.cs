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

    /// <summary>
    /// Text of others (an error's message, an element) as PostgreSQL can keep it: it has no zero character, and no half of a pair of surrogates.
    /// </summary>
    public static string? Storable(string? text)
    {
        if (text is null || IsStorable(text)) return text;
        return string.Create(text.Length, text, static (result, from) =>
        {
            for (var i = 0; i < from.Length; i++)
            {
                var isPair = char.IsHighSurrogate(from[i]) && i + 1 < from.Length && char.IsLowSurrogate(from[i + 1]);
                result[i] = from[i] == '\0' || (char.IsSurrogate(from[i]) && !isPair) ? '\uFFFD' : from[i];
                if (isPair) result[++i] = from[i];
            }
        });
    }

    private static bool IsStorable(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0') return false;
            if (!char.IsSurrogate(text[i])) continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[++i])) return false;
        }

        return true;
    }
}
