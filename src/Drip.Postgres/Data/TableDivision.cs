using Drip.Data;
using Npgsql;

namespace Drip.Postgres.Data;

/// <summary>Finds the keys at which a table is divided into about equal parts.</summary>
/// <param name="database">The database.</param>
/// <param name="scope">The keys of the scope.</param>
/// <param name="table">The keys of all rows of its table.</param>
/// <param name="random">Where samples are taken.</param>
internal sealed class TableDivision<T>(PostgresDatabase database, KeyFinder<T> scope, KeyFinder<T> table, Random random) where T : IModel<T>
{
    private const int LeastPerPart = 8;

    /// <summary>Up to so many rows of a table it is as cheap to count them as to sample.</summary>
    private const int Countable = 10_000;

    /// <summary>At most <paramref name="parts"/> - 1 keys, in ascending order and each once.</summary>
    public async ValueTask<IReadOnlyList<Key>> DivideAsync(int parts, CancellationToken cancellationToken)
    {
        if (parts < 2) return [];
        return await database.ReadSnapshotAsync(connection => DivideAsync(connection, parts, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<List<Key>> DivideAsync(NpgsqlConnection connection, int parts, CancellationToken cancellationToken)
    {
        // A scope that is a SELECT, and a view, cannot be sampled without a walk, so they are walked: twice over the keys alone,
        // which is little beside the work that follows.
        if (scope.IsSelect || await table.CountUpToAsync(connection, default, Countable, cancellationToken).ConfigureAwait(false) < Countable
            || await TableSample.OfAsync(connection, T.Schema.Table, random, cancellationToken).ConfigureAwait(false) is not { } sample)
            return await CountedAsync(connection, parts, cancellationToken).ConfigureAwait(false);

        var keys = await scope.SampleAsync(connection, default, sample, cancellationToken).ConfigureAwait(false);
        // Of a scope that has few of the table's rows a sample tells nothing, but a walk still passes all the others.
        if (keys.Count < parts * LeastPerPart) keys = await table.SampleAsync(connection, default, sample, cancellationToken).ConfigureAwait(false);
        var bounds = new List<Key>();
        for (var part = 1; part < parts; part++)
        {
            var number = (int)((long)keys.Count * part / parts);
            if (number > (int)((long)keys.Count * (part - 1) / parts)) bounds.Add(keys[number - 1]);
        }

        return bounds;
    }

    private async ValueTask<List<Key>> CountedAsync(NpgsqlConnection connection, int parts, CancellationToken cancellationToken)
    {
        var rows = await scope.CountAsync(connection, default, cancellationToken).ConfigureAwait(false);
        var keys = new List<Key>();
        var (last, lastNumber) = (default(Key), 0L);
        for (var part = 1; part < parts; part++)
        {
            var number = (long)((Int128)rows * part / parts);
            if (number <= lastNumber) continue;
            // Each is sought behind the one before, so that all of them together are one walk.
            if (await scope.KeyAtAsync(connection, new KeyRange(last, null), number - lastNumber, cancellationToken).ConfigureAwait(false) is not { } key) continue;
            keys.Add(key);
            (last, lastNumber) = (key, number);
        }

        return keys;
    }
}
