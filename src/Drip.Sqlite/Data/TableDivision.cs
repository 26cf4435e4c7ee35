using Drip.Data;
using Microsoft.Data.Sqlite;

namespace Drip.Sqlite.Data;

/// <summary>Finds the keys at which a table is divided into about equal parts.</summary>
internal sealed class TableDivision<T>(SqliteConnection connection, KeysetSql<T> sql, string? rowId, Random random, CancellationToken cancellationToken)
    where T : IModel<T>
{
    private const int SampledPerPart = 64;
    private const int MostSampled = 2048;
    private const int LeastPerPart = 8;

    /// <summary>Up to so many rows of a table it is as cheap to count them as to sample.</summary>
    private const int Countable = 10_000;

    private readonly KeyFinder<T> _scope = new(connection, sql, cancellationToken);
    private readonly KeyFinder<T> _table = new(connection, new KeysetSql<T>(Scope<T>.All, '?'), cancellationToken);

    public List<Key> Divide(int parts)
    {
        if (parts < 2) return [];
        // A table without row numbers, and a scope that is a SELECT, cannot be sampled without a walk, so they are walked:
        // twice over the keys alone, which is little beside the work that follows.
        return rowId is null || _table.CountUpTo(default, Countable) < Countable ? Counted(parts) : Sampled(rowId, parts);
    }

    private List<Key> Counted(int parts)
    {
        var rows = _scope.Count(default);
        var keys = new List<Key>();
        var (last, lastNumber) = (default(Key), 0L);
        for (var part = 1; part < parts; part++)
        {
            var number = (long)((Int128)rows * part / parts);
            // Each is sought behind the one before, so that all of them together are one walk.
            if (number <= lastNumber || _scope.KeyAt(new KeyRange(last, null), number - lastNumber) is not { } key) continue;
            keys.Add(key);
            (last, lastNumber) = (key, number);
        }

        return keys;
    }

    private List<Key> Sampled(string row, int parts)
    {
        var sample = RowSample.Take(connection, T.Schema.Table, row, Math.Clamp(parts * SampledPerPart, SampledPerPart, MostSampled), random, cancellationToken);
        var inScope = _scope.Within(default, row, sample);
        // Of a scope that has few of the table's rows a sample tells nothing, but a walk still passes all the others.
        var keys = _table.InOrder(row, inScope.Count >= parts * LeastPerPart ? inScope : sample);
        var bounds = new List<Key>();
        for (var part = 1; part < parts; part++)
        {
            var number = (int)((long)keys.Count * part / parts);
            if (number > 0 && number > (int)((long)keys.Count * (part - 1) / parts)) bounds.Add(keys[number - 1]);
        }

        return bounds;
    }
}
