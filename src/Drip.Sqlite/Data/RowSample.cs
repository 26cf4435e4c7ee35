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
    private readonly List<Stretch> _stretches = [];

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
        _stretches.Add(new Stretch(first, last));
        for (var i = 0; i < Cuts; i++) Cut();

        var taken = new List<long>(size);
        for (var i = 0; i < size; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Seek(_atOrBehind, Pick(random)) is { } row) taken.Add(row);
        }

        taken.Sort();
        var distinct = new List<long>(taken.Count);
        foreach (var row in taken)
        {
            if (distinct.Count == 0 || distinct[^1] != row) distinct.Add(row);
        }

        return distinct;
    }

    // Halves the widest stretch and shrinks both halves to the rows in them. They take its place, so that the order stays.
    private void Cut()
    {
        var place = Widest();
        var widest = _stretches[place];
        _stretches.RemoveAt(place);
        var middle = widest.First + (long)(widest.Width / 2);
        if (middle < widest.Last && Seek(_atOrBehind, middle + 1) is { } behind && behind <= widest.Last) _stretches.Insert(place, new Stretch(behind, widest.Last));
        if (Seek(_atOrBefore, middle) is { } before && before >= widest.First) _stretches.Insert(place, new Stretch(widest.First, before));
        if (_stretches.Count == 0) _stretches.Add(widest);
    }

    private int Widest()
    {
        var place = 0;
        for (var i = 1; i < _stretches.Count; i++)
        {
            if (_stretches[i].Width > _stretches[place].Width) place = i;
        }

        return place;
    }

    private long Pick(Random random)
    {
        var all = UInt128.Zero;
        foreach (var stretch in _stretches) all += stretch.Rows;
        // A double is fine enough: what matters is the share of each stretch.
        var left = (UInt128)(random.NextDouble() * (double)all);
        foreach (var stretch in _stretches)
        {
            if (left < stretch.Rows) return unchecked(stretch.First + (long)(ulong)left);
            left -= stretch.Rows;
        }

        return _stretches[^1].Last;
    }

    private static long? Seek(Statement statement, long row)
    {
        SqliteApi.BindInt64(statement.Handle, 1, row);
        long? found = statement.Step() ? SqliteApi.ColumnInt64(statement.Handle, 0) : null;
        statement.Reset();
        return found;
    }

    // A class, because ahead of time every generic collection is compiled once more for each struct in it.
    private sealed class Stretch(long first, long last)
    {
        public long First => first;

        public long Last => last;

        public ulong Width => unchecked((ulong)last - (ulong)first);

        public UInt128 Rows => (UInt128)Width + 1;
    }
}
