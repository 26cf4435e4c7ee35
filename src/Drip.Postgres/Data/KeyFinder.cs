using Drip.Data;
using Npgsql;
using NpgsqlTypes;

namespace Drip.Postgres.Data;

/// <summary>Counts the rows of ranges of a scope and finds keys among them, on any connection.</summary>
/// <param name="sql">The statements of the scope.</param>
/// <param name="keys">How the keys travel.</param>
/// <param name="addValues">Adds the values of the author's SQL to a statement, in the order of their places.</param>
internal sealed class KeyFinder<T>(KeysetSql<T> sql, KeyColumns keys, Action<NpgsqlParameterCollection, SqlBuilder> addValues) where T : IModel<T>
{
    /// <summary>Whether the scope is a whole SELECT, of which no sample can be taken.</summary>
    public bool IsSelect => sql.IsSelect;

    public async ValueTask<bool> HasAnyAsync(NpgsqlConnection connection, KeyRange range, CancellationToken cancellationToken)
    {
        await using var any = Prepare(connection, sql.Any(range.Bounds), range);
        return await any.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not null;
    }

    public async ValueTask<long> CountAsync(NpgsqlConnection connection, KeyRange range, CancellationToken cancellationToken)
    {
        await using var count = Prepare(connection, sql.Count(range.Bounds), range);
        return await NumberAsync(count, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Counts up to a limit, so that the answer costs no more than it is worth.</summary>
    public async ValueTask<long> CountUpToAsync(NpgsqlConnection connection, KeyRange range, long limit, CancellationToken cancellationToken)
    {
        await using var count = Prepare(connection, sql.CountUpTo(range.Bounds), range, limit);
        return await NumberAsync(count, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The key of the n-th row of a range; null if there is none.</summary>
    public async ValueTask<Key?> KeyAtAsync(NpgsqlConnection connection, KeyRange range, long number, CancellationToken cancellationToken)
    {
        await using var find = Prepare(connection, sql.KeyAt(range.Bounds), range, number);
        await using var rows = await find.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        return await rows.ReadAsync(cancellationToken).ConfigureAwait(false) ? keys.Read(rows, 0) : null;
    }

    /// <summary>The keys of a sample of a range, in the engine's own order, without those that no walk can reach.</summary>
    public async ValueTask<List<Key>> SampleAsync(NpgsqlConnection connection, KeyRange range, TableSample sample, CancellationToken cancellationToken)
    {
        await using var take = Prepare(connection, sql.Sample(range.Bounds, sample.Clause, sample.Condition), range);
        var taken = new List<Key>();
        await using var rows = await take.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            try
            {
                taken.Add(keys.Read(rows, 0));
            }
            catch (DripException)
            {
                // A key that is NULL or infinite divides nothing. If it lies in the scope, the walk says so; here it need not.
            }
        }

        return taken;
    }

    private NpgsqlCommand Prepare(NpgsqlConnection connection, SqlBuilder text, KeyRange range, long? limit = null)
    {
        var command = new NpgsqlCommand(text.ToString(), connection);
        addValues(command.Parameters, text);
        var place = command.Parameters.Count;
        keys.AddPlaces(command.Parameters, range.Bounds);
        keys.Bind(command.Parameters, place, range);
        if (limit is { } value) command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bigint });
        // The server's limits are what counts; where it has none the wait is the caller's to cancel.
        command.CommandTimeout = 0;
        return command;
    }

    private static async ValueTask<long> NumberAsync(NpgsqlCommand command, CancellationToken cancellationToken) =>
        (long)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
}
