using System.Data;
using Drip.Producers.Versions;
using Drip.Sqlite.Data;
using Microsoft.Data.Sqlite;
using Version = Drip.Producers.Versions.Version;

namespace Drip.Sqlite.Versions;

/// <summary>
/// Reads the rows of versions and of their changes. Every query has a statement of its own, so that sequences may be read beside each other
/// and on several threads; every error speaks of the file.
/// </summary>
internal sealed class VersionRows(SqliteConnection connection, string path) : IDisposable
{
    private const string SelectHead = """
        SELECT number, kind, pipeline, step.step, record, attempt, at
        FROM drip_version LEFT JOIN drip_version_step AS step ON step.id = drip_version.step
        """;

    private long _bytesRead;

    /// <summary>The connection.</summary>
    public SqliteConnection Connection => connection;

    /// <summary>How many bytes of snapshots and changes were read.</summary>
    public long BytesRead => Interlocked.Read(ref _bytesRead);

    /// <summary>A version without its changes.</summary>
    public Version Head(Segment segment, long number)
    {
        using var head = Query(SelectHead + " WHERE run = ?1 AND number = ?2", segment.Run, number);
        return head.Next() ? Guard(() => ReadHead(head)) : throw Damaged();
    }

    /// <summary>Versions without their changes.</summary>
    public IEnumerable<Version> Heads(Segment segment, long from, long to)
    {
        using var heads = Query(SelectHead + " WHERE run = ?1 AND number BETWEEN ?2 AND ?3 ORDER BY number", segment.Run, from, to);
        while (heads.Next()) yield return Guard(() => ReadHead(heads));
    }

    /// <summary>The changes of some versions of one run, one after the other; what is missing is noticed at the end.</summary>
    public IEnumerable<ChangeScan> Scan(Segment segment, long from, long to)
    {
        if (from > to) yield break;
        var expected = CountChanges(segment, from, to);
        var scan = new ChangeScan(segment.Models);
        Func<bool> next = scan.Next;
        using var parts = Query("SELECT number, part, changes FROM drip_change WHERE run = ?1 AND number BETWEEN ?2 AND ?3 ORDER BY number, part",
            segment.Run, from, to);
        while (parts.Next())
        {
            Guard(() => scan.Begin(parts.Number(0), Open(parts, 2, segment.Run, parts.Number(0), (int)parts.Number(1))));
            while (Guard(next))
            {
                expected--;
                yield return scan;
            }
        }

        if (expected != 0) throw Damaged();
    }

    /// <summary>One part of a version's changes.</summary>
    public ChangeScan ScanPart(Segment segment, long number, int part)
    {
        using var parts = Query("SELECT changes FROM drip_change WHERE run = ?1 AND number = ?2 AND part = ?3", segment.Run, number, part);
        if (!parts.Next()) throw Damaged();
        return Guard(() =>
        {
            var scan = new ChangeScan(segment.Models);
            scan.Begin(number, Open(parts, 0, segment.Run, number, part));
            return scan;
        });
    }

    /// <summary>Checks the bytes of a column, and reads from them.</summary>
    public ByteReader Open(Query row, int column, long run, long number, int part)
    {
        var bytes = row.Bytes(column);
        Interlocked.Add(ref _bytesRead, bytes.Length);
        return Part.Open(bytes, run, number, part);
    }

    public Query Query(string sql, params ReadOnlySpan<long> values)
    {
        ObjectDisposedException.ThrowIf(connection.State != ConnectionState.Open, this);
        return new Query(connection, path, sql, values);
    }

    /// <summary>Reads something, and says what is wrong with the file where that is not possible.</summary>
    public T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is InvalidDataException or ColumnException or SqliteException && VersionErrors.Explain(error, path) is { } explained)
        {
            throw explained;
        }
    }

    public DripException Damaged() => VersionErrors.Damaged(path);

    public void Dispose() => connection.Dispose();

    private void Guard(Action read) => Guard(() =>
    {
        read();
        return true;
    });

    private long CountChanges(Segment segment, long from, long to)
    {
        using var sum = Query("SELECT count(*), sum(changes) FROM drip_version WHERE run = ?1 AND number BETWEEN ?2 AND ?3", segment.Run, from, to);
        sum.Next();
        return sum.Number(0) == to - from + 1 ? sum.Number(1) : throw Damaged();
    }

    private static Version ReadHead(Query head)
    {
        if (head.Number(1) is < 0 or > (long)VersionKind.Step || head.IsNull(2)) throw new InvalidDataException("The head of a version is of no kind, or of no step.");
        var row = new SqliteRowReader(head.Handle);
        return new Version(head.Number(0), (VersionKind)head.Number(1), row.GetString(2), row.GetString(3), StoredId.Read(head.Handle, 4), (int)head.Number(5),
            RunRows.At(head.Number(6)), []);
    }
}
