using Drip.Data;
using Drip.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace Drip.Sqlite.Data;

/// <summary>
/// Row numbers of a table, taken at random, each found by one seek, so that the size of the table does not matter. Numbers
/// may have gaps that are wider than all rows together (ids made of time and place, one row at the highest number), and
/// a row behind such a gap would be met by almost every seek; so the widest gaps are cut out first.
/// </summary>
internal sealed class RowSample : IDisposable
{
    private const int Cuts = 64;

    private readonly Statement _atOrBefore;
    private readonly Statement _atOrBehind;
    private readonly PriorityQueue<(long First, long Last), ulong> _spans = new(Comparer<ulong>.Create((left, right) => right.CompareTo(left)));

    private RowSample(SqliteConnection connection, string table, string rowId)
    {
        _atOrBefore = new Statement(connection, From(table, rowId, "<=").Append($" ORDER BY {rowId} DESC LIMIT 1"));
        _atOrBehind = new Statement(connection, From(table, rowId, ">=").Append($" ORDER BY {rowId} LIMIT 1"));
    }

    /// <summary>At most so many row numbers, each once, in ascending order.</summary>
    public static List<long> Take(SqliteConnection connection, string table, string rowId, int size, Random random, CancellationToken cancellationToken)
    {
        using var sample = new RowSample(connection, table, rowId);
        return sample.Take(size, random, cancellationToken);
    }

    public void Dispose()
    {
        _atOrBefore.Dispose();
        _atOrBehind.Dispose();
    }

    private static SqlBuilder From(string table, string rowId, string comparison) =>
        new SqlBuilder('?').Append($"SELECT {rowId} FROM ").Table(table).Append($" WHERE {rowId} {comparison} ").Place();

    private List<long> Take(int size, Random random, CancellationToken cancellationToken)
    {
        if (Seek(_atOrBehind, long.MinValue) is not { } first || Seek(_atOrBefore, long.MaxValue) is not { } last) return [];
        Add(first, last);
        for (var i = 0; i < Cuts; i++) Cut();

        var spans = _spans.UnorderedItems.Select(item => item.Element).Order().ToArray();
        var taken = new SortedSet<long>();
        for (var i = 0; i < size; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Seek(_atOrBehind, Pick(spans, random)) is { } row) taken.Add(row);
        }

        return [.. taken];
    }

    // Halves the widest span and shrinks both halves to the rows in them.
    private void Cut()
    {
        var (first, last) = _spans.Dequeue();
        var middle = first + (long)(Width(first, last) / 2);
        if (Seek(_atOrBefore, middle) is { } before && before >= first) Add(first, before);
        if (middle < last && Seek(_atOrBehind, middle + 1) is { } behind && behind <= last) Add(behind, last);
        if (_spans.Count == 0) Add(first, last);
    }

    private void Add(long first, long last) => _spans.Enqueue((first, last), Width(first, last));

    private static long Pick((long First, long Last)[] spans, Random random)
    {
        var all = spans.Aggregate(UInt128.Zero, (sum, span) => sum + Width(span.First, span.Last) + 1);
        // A double is fine enough: what matters is the share of each span.
        var left = (UInt128)(random.NextDouble() * (double)all);
        foreach (var (first, last) in spans)
        {
            var rows = (UInt128)Width(first, last) + 1;
            if (left < rows) return unchecked(first + (long)(ulong)left);
            left -= rows;
        }

        return spans[^1].Last;
    }

    private static ulong Width(long first, long last) => unchecked((ulong)last - (ulong)first);

    private static long? Seek(Statement statement, long row)
    {
        SqliteApi.BindInt64(statement.Handle, 1, row);
        long? found = statement.Step() ? SqliteApi.ColumnInt64(statement.Handle, 0) : null;
        statement.Reset();
        return found;
    }
}
