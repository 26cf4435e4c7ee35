using System.Data.Common;
using System.Globalization;
using System.Text;
using Drip.Generated;
using Drip.Runs;

namespace Drip.Store;

/// <summary>The rows of <c>drip_run</c>: statements, parameters, mapping.</summary>
internal sealed class RunRows(StoreDatabase database)
{
    public const string Columns =
        "id, job, status, options, batch_size, row_limit, sleep_us, created_at, created_by, started_at, finished_at, "
        + "scanned, processed, batches, total, active_us, error_type, error_message, error_stack, error_element, owner, epoch, "
        + "request, requested_by, requested_at, lease_until, partitions, quarantined, hooks, rate";

    private readonly string _table = database.Table("drip_run");

    // Without a target, because the id can be taken as well as the place of the one live run.
    public string Insert => field ??= $"""
        INSERT INTO {_table} ({Columns}, options_key) VALUES (
            @id, @job, @status, @options, @batch_size, @row_limit, @sleep_us, @created_at, @created_by, @started_at, @finished_at,
            @scanned, @processed, @batches, @total, @active_us, @error_type, @error_message, @error_stack, @error_element, @owner, @epoch,
            @request, @requested_by, @requested_at, @lease_until, @partitions, @quarantined, @hooks, @rate, @options_key)
        ON CONFLICT DO NOTHING
        """;

    public string Find => field ??= $"SELECT {Columns} FROM {_table} WHERE id = @id";

    /// <summary>Finds a run in order to change it.</summary>
    public string FindToChange => field ??= Find + database.RowLock;

    public string FindLive => field ??=
        $"SELECT {Columns} FROM {_table} WHERE job = @job AND {database.HasOptions} AND status NOT IN ({SqlValues.List(RunStatusExtensions.IsTerminal)})";

    /// <summary>See <see cref="RunTransitions.IsWork"/>. The first condition is in the words of the index of unfinished runs, or it would not be taken.</summary>
    public string FindWork => field ??= $"""
        SELECT {Columns} FROM {_table}
        WHERE status NOT IN ({SqlValues.List(RunStatusExtensions.IsTerminal)}) AND status <> 'pending' AND (status <> 'paused' OR request IS NULL)
            AND id > @after
        ORDER BY id LIMIT @limit
        """;

    /// <summary>
    /// Makes a lease last longer and returns what was asked for. The owner is asked for as well as the epoch, because a run that
    /// its worker left keeps its epoch, and the worker's timer may come late.
    /// </summary>
    public string Renew => field ??= $"""
        UPDATE {_table} SET lease_until = @lease_until
        WHERE id = @id AND epoch = @epoch AND owner = @owner AND status IN ({SqlValues.List(RunTransitions.IsHeld)})
        RETURNING request
        """;

    public string SetQuarantined => field ??=
        $"UPDATE {_table} SET quarantined = @quarantined WHERE id = @id AND status NOT IN ({SqlValues.List(RunTransitions.IsHeld)})";

    /// <summary>Until when the time of a run that has a rate is reserved.</summary>
    public string FindPaced => field ??= $"SELECT paced_until FROM {_table} WHERE id = @id{database.RowLock}";

    public string SetPaced => field ??= $"UPDATE {_table} SET paced_until = @paced_until WHERE id = @id";

    /// <summary>Writes a run over what it was, if that is still its status and epoch.</summary>
    public string Change => field ??= $"""
        UPDATE {_table}
        SET status = @status, epoch = @epoch, owner = @owner, started_at = @started_at, finished_at = @finished_at,
            scanned = @scanned, processed = @processed, batches = @batches, total = @total, active_us = @active_us,
            error_type = @error_type, error_message = @error_message, error_stack = @error_stack, error_element = @error_element,
            request = @request, requested_by = @requested_by, requested_at = @requested_at,
            lease_until = @lease_until, quarantined = @quarantined, hooks = @hooks
        WHERE id = @id AND epoch = @epoch_before AND status = @status_before
        """;

    public DbCommand SetChange(DbCommand command, Run before, Run after) => SetRequest(command, after)
        .Set("@id", after.Id).Set("@status", after.Status.ToName()).Set("@epoch", after.Epoch).Set("@owner", after.Owner)
        .Set(database, "@started_at", after.StartedAt).Set(database, "@finished_at", after.FinishedAt)
        .SetCounters(after.Counters).SetError(after.Error).Set(database, "@lease_until", after.LeaseUntil)
        .Set("@hooks", (long)after.Hooks.Value)
        .Set("@epoch_before", before.Epoch).Set("@status_before", before.Status.ToName());

    public DbCommand List(DbConnection connection, RunFilter filter)
    {
        var sql = new StringBuilder($"SELECT {Columns} FROM {_table} WHERE 1 = 1");
        var command = connection.CreateCommand();
        if (filter.Job is not null) Add("job = @job", "@job", filter.Job);
        if (filter.Status is { } status) Add("status = @status", "@status", status.ToName());
        if (filter.Before is not null) Add("id < @before", "@before", filter.Before);
        if (!string.IsNullOrEmpty(filter.IdPrefix))
        {
            // A range and no LIKE, so that every engine takes the index; no character sorts behind the last code point.
            Add("id >= @prefix", "@prefix", filter.IdPrefix);
            Add("id < @prefix_end", "@prefix_end", filter.IdPrefix + "\U0010FFFF");
        }

        command.CommandText = sql.Append(" ORDER BY id DESC LIMIT @limit").ToString();
        return command.Set("@limit", filter.Limit);

        void Add(string condition, string name, string value)
        {
            sql.Append(" AND ").Append(condition);
            command.Set(name, value);
        }
    }

    public DbCommand SetRun(DbCommand command, Run run) => SetRequest(command, run)
        .Set("@id", run.Id).Set("@job", run.Job).Set("@status", run.Status.ToName()).Set("@options", run.Options)
        .Set("@batch_size", run.BatchSize).Set("@row_limit", run.Limit).Set("@sleep_us", SqlValues.Duration(run.Sleep))
        .Set(database, "@created_at", run.CreatedAt).Set("@created_by", run.CreatedBy)
        .Set(database, "@started_at", run.StartedAt).Set(database, "@finished_at", run.FinishedAt)
        .SetCounters(run.Counters).SetError(run.Error)
        .Set("@owner", run.Owner).Set("@epoch", run.Epoch).Set(database, "@lease_until", run.LeaseUntil)
        .Set("@partitions", run.Partitions).Set("@hooks", (long)run.Hooks.Value).Set("@rate", run.Rate).Set("@options_key", OptionsKey(run));

    /// <summary>What makes two runs of a job the same work.</summary>
    public static string OptionsKey(Run run) => run.Limit is { } limit
        ? string.Create(CultureInfo.InvariantCulture, $"{run.Options} limit {limit}")
        : run.Options;

    public static Run Read(DbDataReader reader) => new()
    {
        Id = reader.GetString(0),
        Job = reader.GetString(1),
        Status = reader.ReadStatus(2),
        Options = reader.GetString(3),
        BatchSize = reader.GetInt32(4),
        Limit = reader.ReadNumberOrNull(5),
        Sleep = reader.ReadDuration(6),
        CreatedAt = reader.ReadTime(7),
        CreatedBy = reader.ReadTextOrNull(8),
        StartedAt = reader.ReadTimeOrNull(9),
        FinishedAt = reader.ReadTimeOrNull(10),
        Counters = new RunCounters(reader.GetInt64(11), reader.GetInt64(12), reader.GetInt64(13), reader.ReadNumberOrNull(14), reader.ReadDuration(15))
        {
            Quarantined = reader.GetInt64(27),
        },
        Error = reader.ReadError(16),
        Owner = reader.ReadTextOrNull(20),
        Epoch = reader.GetInt64(21),
        Request = reader.ReadRequestOrNull(22),
        RequestedBy = reader.ReadTextOrNull(23),
        RequestedAt = reader.ReadTimeOrNull(24),
        LeaseUntil = reader.ReadTimeOrNull(25),
        Partitions = reader.GetInt32(26),
        Hooks = new HookSet((ulong)reader.GetInt64(28)),
        Rate = reader.IsDBNull(29) ? null : reader.GetDouble(29),
    };

    private DbCommand SetRequest(DbCommand command, Run run) => command
        .Set("@request", run.Request?.ToName()).Set("@requested_by", run.RequestedBy).Set(database, "@requested_at", run.RequestedAt);
}
