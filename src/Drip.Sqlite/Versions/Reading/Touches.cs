using Drip.Producers.Versions;
using Version = Drip.Producers.Versions.Version;

namespace Drip.Sqlite.Versions;

/// <summary>
/// Finds the versions that changed one record: in the index, and behind its end in the versions themselves. The last versions of a run that goes
/// on, or whose process died, are not in the index.
/// </summary>
internal sealed class Touches(VersionRows rows, int model, RecordId id)
{
    /// <summary>The versions of one run up to <paramref name="last"/>, in order, each with this record's change alone.</summary>
    public IEnumerable<Version> In(Segment segment, long last)
    {
        var position = segment.PositionOf(model);
        if (position < 0) yield break;
        var indexed = Math.Min(last, IndexedIn(segment));
        foreach (var version in Indexed(segment, position, indexed)) yield return version;
        foreach (var version in Later(segment, Math.Max(segment.First, indexed + 1), last)) yield return version;
    }

    private long IndexedIn(Segment segment)
    {
        using var indexed = rows.Query("SELECT indexed FROM drip_version_run WHERE id = ?1", segment.Run);
        return indexed.Next() ? indexed.Number(0) : throw rows.Damaged();
    }

    private IEnumerable<Version> Indexed(Segment segment, int position, long last)
    {
        using var touched = rows.Query("""
            SELECT number, part FROM drip_touched WHERE run = ?1 AND model = ?2 AND id = ?4 AND number <= ?3 ORDER BY number, part
            """, segment.Run, position, last);
        StoredId.Bind(touched.Handle, 4, id);
        Version? version = null;
        while (touched.Next())
        {
            var (number, part) = (touched.Number(0), touched.Number(1));
            if (version is not null && version.Number != number) yield return version;
            if (version is null || version.Number != number) version = rows.Head(segment, number);
            version = version with { Changes = [.. version.Changes, .. Changes(segment, number, (int)part)] };
        }

        if (version is not null) yield return version;
    }

    private IEnumerable<Version> Later(Segment segment, long from, long to)
    {
        Version? version = null;
        foreach (var scan in rows.Scan(segment, from, to))
        {
            if (rows.Guard(() => Change(scan)) is not { } change) continue;
            if (version is not null && version.Number != scan.Number) yield return version;
            if (version is null || version.Number != scan.Number) version = rows.Head(segment, scan.Number);
            version = version with { Changes = [.. version.Changes, change] };
        }

        if (version is not null) yield return version;
    }

    private List<RecordChange> Changes(Segment segment, long number, int part) => rows.Guard(() =>
    {
        var changes = new List<RecordChange>();
        var scan = rows.ScanPart(segment, number, part);
        while (scan.Next())
        {
            if (Change(scan) is { } change) changes.Add(change);
        }

        return changes.Count > 0 ? changes : throw new InvalidDataException("A change is not where the index says.");
    });

    // The current change, if it is the record's.
    private RecordChange? Change(ChangeScan scan)
    {
        if (scan.Model.Index != model || (scan.Kind == RecordChangeKind.Update && scan.Id != id)) return null;
        var change = scan.Change();
        return change.Id == id ? change : null;
    }
}
