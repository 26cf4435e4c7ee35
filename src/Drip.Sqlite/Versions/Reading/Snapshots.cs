namespace Drip.Sqlite.Versions;

/// <summary>The snapshots of a run and of its ancestors.</summary>
internal sealed class Snapshots(VersionRows rows, Segment[] segments)
{
    /// <summary>The last one at or before a version; null where there is none.</summary>
    public Snapshot? Nearest(long number)
    {
        for (var index = segments.Length - 1; index >= 0; index--)
        {
            using var nearest = rows.Query("""
                SELECT number, pieces, size FROM drip_snapshot WHERE run = ?1 AND number <= ?2 AND pieces IS NOT NULL ORDER BY number DESC LIMIT 1
                """, segments[index].Run, Math.Min(number, segments[index].Last));
            if (nearest.Next()) return new Snapshot(index, nearest.Number(0), nearest.Number(1), nearest.Number(2));
        }

        return null;
    }

    /// <summary>Reads the records of a snapshot.</summary>
    public void Load(Snapshot snapshot, Replay replay)
    {
        var segment = segments[snapshot.Segment];
        using var pieces = rows.Query("SELECT piece, model, records FROM drip_snapshot_piece WHERE run = ?1 AND number = ?2 ORDER BY piece",
            segment.Run, snapshot.Number);
        for (var piece = 0; piece < snapshot.Pieces; piece++)
        {
            if (!pieces.Next() || pieces.Number(0) != piece || pieces.Number(1) < 0 || pieces.Number(1) >= segment.Models.Length) throw rows.Damaged();
            var model = segment.Models[pieces.Number(1)];
            var fields = new RecordFields(model.Codec.Schema);
            var source = rows.Open(pieces, 2, segment.Run, snapshot.Number, piece);
            while (!source.IsAtEnd)
            {
                model.FindAll(ref source, fields);
                replay.Add(model.Index, model.Codec.Read(fields));
            }
        }
    }

    /// <summary>
    /// What opening a version reads: the size of the snapshot, or of the initial data where there is none, and that of the changes after it, in bytes.
    /// </summary>
    public (long Size, long Since) Weigh(long number)
    {
        var snapshot = Nearest(number);
        var (size, since) = (snapshot?.Size ?? 0, 0L);
        for (var index = snapshot?.Segment ?? 0; index < segments.Length; index++)
        {
            using var sum = rows.Query("""
                SELECT coalesce(sum(length(changes)) FILTER (WHERE number = 0), 0), coalesce(sum(length(changes)) FILTER (WHERE number > 0), 0)
                FROM drip_change WHERE run = ?1 AND number BETWEEN ?2 AND ?3
                """, segments[index].Run, snapshot?.Number + 1 ?? 0, Math.Min(number, segments[index].Last));
            sum.Next();
            (size, since) = (size + sum.Number(0), since + sum.Number(1));
        }

        return (size, since);
    }
}
