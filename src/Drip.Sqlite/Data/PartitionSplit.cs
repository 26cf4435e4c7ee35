using Drip.Chaos;
using Drip.Data;
using Microsoft.Data.Sqlite;

namespace Drip.Sqlite.Data;

/// <summary>Which partition is to end earlier, and where.</summary>
/// <param name="Victim">The partition as it was when it was looked at.</param>
/// <param name="Middle">The key at which it is to end.</param>
internal sealed record Split(Cursor Victim, Key Middle);

/// <summary>Chooses the partition with the most rows left and splits it in its middle.</summary>
internal sealed class PartitionSplit<T>(SqliteConnection connection, KeysetSql<T> sql, string? rowId, Random random, CancellationToken cancellationToken)
    where T : IModel<T>
{
    private const int Countable = 100_000;
    private const int Sampled = 2048;

    private readonly KeyFinder<T> _keys = new(connection, sql, cancellationToken);

    /// <summary>Looks for a split; null if no partition has that many rows left. Takes as long as counting some of them takes.</summary>
    public Split? Choose(string run, long least)
    {
        least = Math.Max(least, 2);
        var bound = Math.Max(least, Countable);
        var open = CursorTable.List(connection, run).FindAll(cursor => !cursor.IsDone);
        var counted = open.ConvertAll(cursor => (Cursor: cursor, Rows: _keys.CountUpTo(cursor.Rest, bound)));
        if (counted.Count == 0 || counted.Max(each => each.Rows) is var most && most < least) return null;

        var largest = counted.FindAll(each => each.Rows == most).ConvertAll(each => each.Cursor);
        return most < bound ? At(largest[0], most / 2) : Sample(largest) ?? At(largest[0], bound / 2);
    }

    /// <summary>Makes the split, in a transaction that writes; null if the partition has come too far, or was split by another.</summary>
    public Cursor? Make(Split split, LeaseClaim claim)
    {
        var (run, middle) = (split.Victim.Run, split.Middle);
        var cursors = CursorTable.List(connection, run);
        var victim = cursors.Find(cursor => cursor.Partition == split.Victim.Partition);
        if (victim is null || victim.IsDone || victim.RunEpoch > claim.RunEpoch) return null;
        // Both sides keep a row; so the middle lies behind the victim's position, and before its end, wherever they are by now.
        if (!_keys.HasAny(victim.Rest with { To = middle }) || !_keys.HasAny(new KeyRange(middle, victim.Upper))) return null;

        CursorTable.End(connection, run, victim.Partition, middle);
        FailPoint.Hit(FailPoints.Stealing);
        var number = cursors[^1].Partition + 1;
        CursorTable.Add(connection, new Cursor(run, number, 1) { RunEpoch = claim.RunEpoch, Lower = middle, Upper = victim.Upper, Owner = claim.Owner, LeaseUntil = claim.Until });
        return CursorTable.Find(connection, run, number);
    }

    private Split? At(Cursor victim, long number) => _keys.KeyAt(victim.Rest, number) is { } middle ? new Split(victim, middle) : null;

    // Of partitions that are all too long to be counted the one is taken in which most of a sample lies.
    private Split? Sample(List<Cursor> cursors)
    {
        if (rowId is null) return null;
        var sample = RowSample.Take(connection, T.Schema.Table, rowId, Sampled, random, cancellationToken);
        var (victim, rows) = cursors.ConvertAll(cursor => (Cursor: cursor, Rows: _keys.Within(cursor.Rest, rowId, sample))).MaxBy(each => each.Rows.Count);
        var keys = _keys.InOrder(rowId, rows);
        return keys.Count < 2 ? null : new Split(victim, keys[(keys.Count - 1) / 2]);
    }
}
