using System.Data;
using Drip.Producers.Versions;
using Drip.Sqlite.Data;
using Microsoft.Data.Sqlite;
using Version = Drip.Producers.Versions.Version;

namespace Drip.Sqlite.Versions;

/// <summary>
/// Reads the versions of one run, while others may write to the file. Every query has a statement of its own, so that sequences may be read
/// beside each other and on several threads.
/// </summary>
internal sealed class VersionReader : IVersionReader
{
    private const string SelectHead = """
        SELECT number, kind, pipeline, step.step, record, attempt, at, changes
        FROM drip_version LEFT JOIN drip_version_step AS step ON step.id = drip_version.step
        """;

    private readonly SqliteConnection _connection;
    private readonly string _path;
    private readonly string _run;
    private readonly RecordCodec[] _codecs;
    private readonly Segment[] _segments;
    private long _bytesRead;

    private VersionReader(SqliteConnection connection, string path, RunRow run, ProducerModels models)
    {
        (_connection, _path, _run) = (connection, path, run.Run.Run);
        _codecs = [.. models.All.Select(RecordCodec.Of)];
        _segments = History.Of(connection, run, models, _codecs);
    }

    /// <summary>Opens a run.</summary>
    public static VersionReader Open(VersionFile file, string run, ProducerModels models)
    {
        var connection = file.OpenReader() ?? throw VersionErrors.UnknownRun(run, file.Directory, null);
        try
        {
            var row = RunRows.Find(connection, run) ?? throw VersionErrors.UnknownRun(run, file.Directory, RunRows.Nearest(connection, run));
            return new VersionReader(connection, file.Path, row, models);
        }
        catch (Exception error)
        {
            connection.Dispose();
            if (VersionErrors.Explain(error, file.Path) is { } explained) throw explained;
            throw;
        }
    }

    /// <inheritdoc/>
    public VersionRun Run
    {
        get
        {
            ObjectDisposedException.ThrowIf(_connection.State != ConnectionState.Open, this);
            return Guard(() => RunRows.Find(_connection, _run) ?? throw new InvalidDataException("A run has gone.")).Run;
        }
    }

    /// <inheritdoc/>
    public long Count => Run.Versions;

    /// <summary>The connection.</summary>
    public SqliteConnection Connection => _connection;

    /// <summary>How many bytes of snapshots and changes were read.</summary>
    public long BytesRead => Interlocked.Read(ref _bytesRead);

    /// <inheritdoc/>
    public Version Read(long number)
    {
        Require(number);
        var segment = Array.Find(_segments, segment => segment.Last >= number)!;
        var changes = new List<RecordChange>();
        foreach (var change in Changes(segment, number, number)) changes.Add(change);
        return Head(segment, number) with { Changes = [.. changes] };
    }

    /// <inheritdoc/>
    public IEnumerable<Version> List(long from, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Enumerate();

        IEnumerable<Version> Enumerate()
        {
            var to = Math.Min(Count, count > long.MaxValue - from ? long.MaxValue : from + count) - 1;
            foreach (var segment in _segments)
            {
                using var heads = Query(SelectHead + " WHERE run = ?1 AND number BETWEEN ?2 AND ?3 ORDER BY number",
                    segment.Run, Math.Max(from, segment.First), Math.Min(to, segment.Last));
                while (heads.Next()) yield return Guard(() => ReadHead(heads));
            }
        }
    }

    /// <inheritdoc/>
    public IEnumerable<RecordChange> Changes(long from, long to)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(from, -1);
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
        if (to >= 0) Require(to);
        return Enumerate();

        IEnumerable<RecordChange> Enumerate()
        {
            foreach (var segment in _segments)
            {
                foreach (var change in Changes(segment, Math.Max(from + 1, segment.First), Math.Min(to, segment.Last))) yield return change;
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<object>[] Load(long number)
    {
        Require(number);
        return Guard(() =>
        {
            var replay = new Replay(_codecs);
            var (index, from) = NearestSnapshot(number) is { } snapshot ? (snapshot.Segment, LoadSnapshot(snapshot, replay)) : (0, -1);
            for (; index < _segments.Length; index++)
            {
                var segment = _segments[index];
                foreach (var change in Scan(segment, Math.Max(from + 1, segment.First), Math.Min(number, segment.Last))) replay.Apply(change);
            }

            return replay.Records();
        });
    }

    /// <summary>
    /// What opening a version reads: the size of the snapshot, or of the initial data where there is none, and that of the changes after it, in bytes.
    /// </summary>
    public (long Size, long Since) Weigh(long number)
    {
        Require(number);
        var snapshot = NearestSnapshot(number);
        var (size, since) = (snapshot?.Size ?? 0, 0L);
        for (var index = snapshot?.Segment ?? 0; index < _segments.Length; index++)
        {
            using var sum = Query("""
                SELECT coalesce(sum(length(changes)) FILTER (WHERE number = 0), 0), coalesce(sum(length(changes)) FILTER (WHERE number > 0), 0)
                FROM drip_change WHERE run = ?1 AND number BETWEEN ?2 AND ?3
                """, _segments[index].Run, snapshot?.Number + 1 ?? 0, Math.Min(number, _segments[index].Last));
            sum.Next();
            (size, since) = (size + sum.Number(0), since + sum.Number(1));
        }

        return (size, since);
    }

    /// <inheritdoc/>
    public IEnumerable<Version> Touching(int model, RecordId id)
    {
        foreach (var segment in _segments)
        {
            var position = segment.PositionOf(model);
            if (position < 0) continue;
            using var touched = Query("""
                SELECT number, part FROM drip_touched WHERE run = ?1 AND model = ?2 AND id = ?4 AND number <= ?3 ORDER BY number, part
                """, segment.Run, position, segment.Last);
            StoredId.Bind(touched.Handle, 4, id);
            Version? version = null;
            while (touched.Next())
            {
                var (number, part) = (touched.Number(0), touched.Number(1));
                if (version is not null && version.Number != number) yield return version;
                if (version is null || version.Number != number) version = Head(segment, number);
                version = version with { Changes = [.. version.Changes, .. OfRecord(segment, number, (int)part, model, id)] };
            }

            if (version is not null) yield return version;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private List<RecordChange> OfRecord(Segment segment, long number, int part, int model, RecordId id)
    {
        using var parts = Query("SELECT part, changes FROM drip_change WHERE run = ?1 AND number = ?2 AND part = ?3", segment.Run, number, part);
        if (!parts.Next()) throw VersionErrors.Damaged(_path);
        return Guard(() =>
        {
            var found = new List<RecordChange>();
            var scan = new ChangeScan(segment.Models);
            scan.Begin(Open(parts, 1, segment.Run, number, part));
            while (scan.Next())
            {
                if (scan.Model.Index != model || (scan.Kind == RecordChangeKind.Update && scan.Id != id)) continue;
                var change = scan.Change();
                if (change.Id == id) found.Add(change);
            }

            return found.Count > 0 ? found : throw new InvalidDataException("A change is not where the index says.");
        });
    }

    private IEnumerable<RecordChange> Changes(Segment segment, long from, long to)
    {
        Func<RecordChange>? read = null;
        foreach (var change in Scan(segment, from, to)) yield return Guard(read ??= change.Change);
    }

    // The changes of some versions of one run; what is missing is noticed at the end.
    private IEnumerable<ChangeScan> Scan(Segment segment, long from, long to)
    {
        if (from > to) yield break;
        var expected = Expected(segment, from, to);
        var scan = new ChangeScan(segment.Models);
        Func<bool> next = scan.Next;
        using var parts = Query("SELECT number, part, changes FROM drip_change WHERE run = ?1 AND number BETWEEN ?2 AND ?3 ORDER BY number, part",
            segment.Run, from, to);
        while (parts.Next())
        {
            Guard(() => scan.Begin(Open(parts, 2, segment.Run, parts.Number(0), (int)parts.Number(1))));
            while (Guard(next))
            {
                expected--;
                yield return scan;
            }
        }

        if (expected != 0) throw VersionErrors.Damaged(_path);
    }

    private long Expected(Segment segment, long from, long to)
    {
        using var sum = Query("SELECT count(*), sum(changes) FROM drip_version WHERE run = ?1 AND number BETWEEN ?2 AND ?3", segment.Run, from, to);
        sum.Next();
        if (sum.Number(0) != to - from + 1) throw VersionErrors.Damaged(_path);
        return sum.Number(1);
    }

    private Snapshot? NearestSnapshot(long number)
    {
        for (var index = _segments.Length - 1; index >= 0; index--)
        {
            using var nearest = Query("""
                SELECT number, pieces, size FROM drip_snapshot WHERE run = ?1 AND number <= ?2 AND pieces IS NOT NULL ORDER BY number DESC LIMIT 1
                """, _segments[index].Run, Math.Min(number, _segments[index].Last));
            if (nearest.Next()) return new Snapshot(index, nearest.Number(0), nearest.Number(1), nearest.Number(2));
        }

        return null;
    }

    // Returns the snapshot's version.
    private long LoadSnapshot(Snapshot snapshot, Replay replay)
    {
        var segment = _segments[snapshot.Segment];
        using var pieces = Query("SELECT piece, model, records FROM drip_snapshot_piece WHERE run = ?1 AND number = ?2 ORDER BY piece", segment.Run, snapshot.Number);
        for (var piece = 0; piece < snapshot.Pieces; piece++)
        {
            if (!pieces.Next() || pieces.Number(0) != piece) throw VersionErrors.Damaged(_path);
            ReadPiece(segment, snapshot.Number, pieces, replay);
        }

        return snapshot.Number;
    }

    private void ReadPiece(Segment segment, long version, Query pieces, Replay replay)
    {
        if (pieces.Number(1) < 0 || pieces.Number(1) >= segment.Models.Length) throw new InvalidDataException("A snapshot has a model that the run has not.");
        var model = segment.Models[pieces.Number(1)];
        var fields = new RecordFields(model.Codec.Schema);
        var source = Open(pieces, 2, segment.Run, version, (int)pieces.Number(0));
        while (!source.IsAtEnd)
        {
            model.FindAll(ref source, fields);
            replay.Add(model.Index, model.Codec.Read(fields));
        }
    }

    private ByteReader Open(Query row, int column, long run, long number, int part)
    {
        var bytes = row.Bytes(column);
        Interlocked.Add(ref _bytesRead, bytes.Length);
        return Part.Open(bytes, run, number, part);
    }

    private Version Head(Segment segment, long number)
    {
        using var head = Query(SelectHead + " WHERE run = ?1 AND number = ?2", segment.Run, number);
        return head.Next() ? Guard(() => ReadHead(head)) : throw VersionErrors.Damaged(_path);
    }

    private static Version ReadHead(Query head)
    {
        if (head.Number(1) is < 0 or > (long)VersionKind.Ended || head.IsNull(2)) throw new InvalidDataException("The head of a version is of no kind, or of no step.");
        var row = new SqliteRowReader(head.Handle);
        return new Version(head.Number(0), (VersionKind)head.Number(1), row.GetString(2), row.GetString(3), StoredId.Read(head.Handle, 4), (int)head.Number(5),
            RunRows.At(head.Number(6)), []);
    }

    private void Require(long number)
    {
        var count = Count;
        if (number < 0 || number >= count) throw VersionErrors.NoVersion(_run, number, count);
    }

    private Query Query(string sql, params ReadOnlySpan<long> values)
    {
        ObjectDisposedException.ThrowIf(_connection.State != ConnectionState.Open, this);
        return new Query(_connection, _path, sql, values);
    }

    private void Guard(Action read) => Guard(() =>
    {
        read();
        return true;
    });

    private T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is InvalidDataException or ColumnException or SqliteException && VersionErrors.Explain(error, _path) is { } explained)
        {
            throw explained;
        }
    }

    /// <summary>A snapshot that is complete.</summary>
    private sealed record Snapshot(int Segment, long Number, long Pieces, long Size);
}
