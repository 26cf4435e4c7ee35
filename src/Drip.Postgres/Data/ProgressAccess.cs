using System.Data;
using System.Globalization;
using Npgsql;

namespace Drip.Postgres.Data;

/// <summary>
/// The ways to work on the tables of progress beside a batch, on control connections: one statement by itself, and one
/// short transaction that nobody else changes the run's set of partitions beside.
/// </summary>
internal static class ProgressAccess
{
    /// <summary>
    /// How long the server lets such a transaction rest between two statements. Nothing of the author's runs in one, so one that rests has a worker
    /// that was stopped or lost, and others wait for what it has locked.
    /// </summary>
    private const int MostRest = 5_000;

    extension(PostgresDatabase database)
    {
        /// <summary>
        /// Several statements that read in one snapshot, on a connection for what may take long: counting and planning take as long as they need.
        /// </summary>
        public async ValueTask<TResult> ReadSnapshotAsync<TResult>(Func<NpgsqlConnection, ValueTask<TResult>> read, CancellationToken cancellationToken)
        {
            try
            {
                await using var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
                await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken).ConfigureAwait(false);
                await using (var begin = new NpgsqlCommand("SET TRANSACTION READ ONLY; SET LOCAL statement_timeout = 0", connection)) await begin.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                return await read(connection).ConfigureAwait(false);
            }
            catch (Exception error) when (database.Explain(error) is { } explained)
            {
                throw explained;
            }
        }

        /// <summary>One statement that reads; null where no job was ever opened on the database.</summary>
        public async ValueTask<TResult?> ReadProgressAsync<TResult>(Func<NpgsqlConnection, ValueTask<TResult>> read, CancellationToken cancellationToken)
        {
            try
            {
                await using var connection = await database.OpenControlAsync(cancellationToken).ConfigureAwait(false);
                if (!await ProgressTables.AreThereAsync(database, connection, cancellationToken).ConfigureAwait(false)) return default;
                return await read(connection).ConfigureAwait(false);
            }
            catch (Exception error) when (database.Explain(error) is { } explained)
            {
                throw explained;
            }
        }

        /// <summary>One statement that writes.</summary>
        public async ValueTask<TResult> WriteProgressAsync<TResult>(Func<NpgsqlConnection, ValueTask<TResult>> write, CancellationToken cancellationToken)
        {
            // A pooler's session has not got the limits for waiting; a transaction brings them.
            if (database.Settings.PollOnly) return await database.ChangeProgressAsync(null, write, cancellationToken).ConfigureAwait(false);
            await ProgressTables.RequireAsync(database, cancellationToken).ConfigureAwait(false);
            try
            {
                await using var connection = await database.OpenControlAsync(cancellationToken).ConfigureAwait(false);
                return await write(connection).ConfigureAwait(false);
            }
            catch (Exception error) when (database.Explain(error) is { } explained)
            {
                throw explained;
            }
        }

        /// <summary>
        /// Several statements in one transaction, READ COMMITTED: each sees what others have committed before it. With a run, all who add partitions
        /// to it, or have to meet all of them, take turns.
        /// </summary>
        /// <param name="run">The run.</param>
        /// <param name="change">What is done in the transaction.</param>
        /// <param name="cancellationToken">Cancels it.</param>
        /// <param name="patience">How long one statement may wait or take, where that is less than the settings say.</param>
        public async ValueTask<TResult> ChangeProgressAsync<TResult>(
            string? run, Func<NpgsqlConnection, ValueTask<TResult>> change, CancellationToken cancellationToken, TimeSpan? patience = null)
        {
            await ProgressTables.RequireAsync(database, cancellationToken).ConfigureAwait(false);
            try
            {
                await using var connection = await database.OpenControlAsync(cancellationToken).ConfigureAwait(false);
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
                await using (var begin = new NpgsqlCommand(Begin(database.Settings, run is not null, patience), connection))
                {
                    if (run is not null) begin.Parameters.Add(new NpgsqlParameter<long> { TypedValue = PartitionLock.KeyOf(run) });
                    await begin.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                }

                var result = await change(connection).ConfigureAwait(false);
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                return result;
            }
            catch (Exception error) when (database.Explain(error) is { } explained)
            {
                throw explained;
            }
        }
    }

    // set_config(…, true) is SET LOCAL, and takes its turn in the one statement that is sent.
    private static string Begin(PostgresSettings settings, bool takesTurns, TimeSpan? patience)
    {
        var sql = $"SELECT set_config('idle_in_transaction_session_timeout', '{MostRest}', true)";
        if (settings.PollOnly || patience is not null)
            sql += $", set_config('lock_timeout', '{Milliseconds(patience ?? settings.LockTimeout)}', true), set_config('statement_timeout', '{Milliseconds(patience * 5 ?? settings.StatementTimeout)}', true)";
        return takesTurns ? sql + ", pg_advisory_xact_lock($1)" : sql;
    }

    private static string Milliseconds(TimeSpan time) => ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
