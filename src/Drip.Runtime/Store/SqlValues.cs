using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Text;
using Drip.Runs;

namespace Drip.Store;

/// <summary>
/// How the SQL store writes and reads values: times as the database keeps them (<see cref="StoreDatabase.Time"/>), durations as
/// whole microseconds. Each parameter says its type, so that a null has one, too: a prepared statement has the same types
/// each time.
/// </summary>
internal static class SqlValues
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    public static DbCommand Command(this DbConnection connection, string sql, DbTransaction? transaction = null)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        return command;
    }

    public static DbCommand Set(this DbCommand command, string name, string? value) => command.Set(name, DbType.String, value is null ? null : Storable(value));

    public static DbCommand Set(this DbCommand command, string name, long? value) => command.Set(name, DbType.Int64, value);

    public static DbCommand Set(this DbCommand command, string name, double? value) => command.Set(name, DbType.Double, value);

    public static DbCommand Set(this DbCommand command, StoreDatabase database, string name, DateTimeOffset? time) =>
        command.Set(name, DbType.DateTime, time is { } value ? database.Time(value) : null);

    /// <summary>Sets a parameter, which is added on first use.</summary>
    private static DbCommand Set(this DbCommand command, string name, DbType type, object? value)
    {
        var index = command.Parameters.IndexOf(name);
        if (index >= 0)
        {
            command.Parameters[index].Value = value ?? DBNull.Value;
            return command;
        }

        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.DbType = type;
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
        return command;
    }

    public static DbCommand SetCounters(this DbCommand command, RunCounters counters) => command
        .Set("@scanned", counters.Scanned).Set("@processed", counters.Processed).Set("@batches", counters.Batches)
        .Set("@quarantined", counters.Quarantined).Set("@total", counters.Total).Set("@active_us", Duration(counters.Active));

    public static DbCommand SetError(this DbCommand command, RunError? error) => command
        .Set("@error_type", error?.Type).Set("@error_message", error?.Message)
        .Set("@error_stack", error?.Stack).Set("@error_element", error?.Element);

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>The time as every database can keep it.</summary>
    public static DateTimeOffset InMicroseconds(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond));

    public static long Duration(TimeSpan duration) => duration.Ticks / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset ReadTime(this DbDataReader reader, int ordinal) => reader.GetValue(ordinal) switch
    {
        DateTime time => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)),
        var text => DateTimeOffset.ParseExact((string)text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
    };

    public static DateTimeOffset? ReadTimeOrNull(this DbDataReader reader, int ordinal) =>
        reader.IsDBNull(ordinal) ? null : reader.ReadTime(ordinal);

    public static TimeSpan ReadDuration(this DbDataReader reader, int ordinal) =>
        TimeSpan.FromTicks(reader.GetInt64(ordinal) * TimeSpan.TicksPerMicrosecond);

    public static string? ReadTextOrNull(this DbDataReader reader, int ordinal) =>
        reader.IsDBNull(ordinal) ? null : reader.GetString(ordinal);

    public static long? ReadNumberOrNull(this DbDataReader reader, int ordinal) =>
        reader.IsDBNull(ordinal) ? null : reader.GetInt64(ordinal);

    public static RunStatus ReadStatus(this DbDataReader reader, int ordinal) =>
        RunStatusExtensions.FromName(reader.GetString(ordinal))
        ?? throw new InvalidDataException($"The store holds the status '{reader.GetString(ordinal)}', which does not exist.");

    public static RunRequestKind ReadRequest(string name) =>
        RunRequestKindExtensions.FromName(name) ?? throw new InvalidDataException($"The store holds the request '{name}', which does not exist.");

    /// <summary>
    /// The answer of an update that returns the request: nothing at all where no row was updated, and a null of the
    /// database where the row has no request.
    /// </summary>
    public static BatchReceipt ReadReceipt(object? request) =>
        request is null ? BatchReceipt.Lost : new BatchReceipt(true, request is string name ? ReadRequest(name) : null);

    public static RunRequestKind? ReadRequestOrNull(this DbDataReader reader, int ordinal) =>
        reader.IsDBNull(ordinal) ? null : ReadRequest(reader.GetString(ordinal));

    /// <summary>The error in four columns from <paramref name="ordinal"/>; null if the first, its type, is.</summary>
    public static RunError? ReadError(this DbDataReader reader, int ordinal) => reader.IsDBNull(ordinal)
        ? null
        : new RunError(reader.GetString(ordinal), reader.GetString(ordinal + 1), reader.ReadTextOrNull(ordinal + 2), reader.ReadTextOrNull(ordinal + 3));

    // Messages of errors, and keys of another database, may hold what a text of PostgreSQL cannot.
    private static string Storable(string text) =>
        text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') || text.Contains('\0')
            ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD')
            : text;

    /// <summary>Statuses as the inside of an <c>IN (…)</c>.</summary>
    public static string List(Func<RunStatus, bool> which) =>
        string.Join(", ", Array.ConvertAll(Array.FindAll(Enum.GetValues<RunStatus>(), status => which(status)), status => $"'{status.ToName()}'"));
}
