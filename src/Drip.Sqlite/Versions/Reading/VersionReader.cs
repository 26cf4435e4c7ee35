using Drip.Producers.Versions;
using Microsoft.Data.Sqlite;
using Version = Drip.Producers.Versions.Version;

namespace Drip.Sqlite.Versions;

/// <summary>Reads the versions of one run, while others may write to the file; also on several threads.</summary>
internal sealed class VersionReader : IVersionReader
{
    private readonly VersionRows _rows;
    private readonly string _run;
    private readonly RecordCodec[] _codecs;
    private readonly Segment[] _segments;
    private readonly Snapshots _snapshots;

    private VersionReader(SqliteConnection connection, string path, RunRow run, ProducerModels models)
    {
        _rows = new VersionRows(connection, path);
        _run = run.Run.Run;
        _codecs = [.. models.All.Select(RecordCodec.Of)];
        _segments = History.Of(connection, run, models, _codecs);
        _snapshots = new Snapshots(_rows, _segments);
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
            ObjectDisposedException.ThrowIf(Connection.State != System.Data.ConnectionState.Open, this);
            return _rows.Guard(() => RunRows.Find(Connection, _run) ?? throw new InvalidDataException("A run has gone.")).Run;
        }
    }

    /// <inheritdoc/>
    public long Count => Run.Versions;

    /// <summary>The connection.</summary>
    public SqliteConnection Connection => _rows.Connection;

    /// <summary>How many bytes of snapshots and changes were read.</summary>
    public long BytesRead => _rows.BytesRead;

    /// <inheritdoc/>
    public Version Read(long number)
    {
        Require(number);
        var segment = Array.Find(_segments, segment => segment.Last >= number)!;
        var changes = new List<RecordChange>();
        foreach (var change in Changes(segment, number, number)) changes.Add(change);
        return _rows.Head(segment, number) with { Changes = [.. changes] };
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
                foreach (var version in _rows.Heads(segment, Math.Max(from, segment.First), Math.Min(to, segment.Last))) yield return version;
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
        return _rows.Guard(() =>
        {
            var replay = new Replay(_codecs);
            var snapshot = _snapshots.Nearest(number);
            if (snapshot is not null) _snapshots.Load(snapshot, replay);
            for (var index = snapshot?.Segment ?? 0; index < _segments.Length; index++)
            {
                var segment = _segments[index];
                var from = Math.Max(segment.First, snapshot?.Number + 1 ?? 0);
                foreach (var change in _rows.Scan(segment, from, Math.Min(number, segment.Last))) replay.Apply(change);
            }

            return replay.Records();
        });
    }

    /// <inheritdoc/>
    public IEnumerable<Version> Touching(int model, RecordId id)
    {
        var touches = new Touches(_rows, model, id);
        foreach (var segment in _segments)
        {
            foreach (var version in touches.In(segment, Math.Min(segment.Last, Count - 1))) yield return version;
        }
    }

    /// <inheritdoc cref="Snapshots.Weigh"/>
    public (long Size, long Since) Weigh(long number)
    {
        Require(number);
        return _snapshots.Weigh(number);
    }

    /// <inheritdoc/>
    public void Dispose() => _rows.Dispose();

    private IEnumerable<RecordChange> Changes(Segment segment, long from, long to)
    {
        Func<RecordChange>? read = null;
        foreach (var change in _rows.Scan(segment, from, to)) yield return _rows.Guard(read ??= change.Change);
    }

    private void Require(long number)
    {
        var count = Count;
        if (number < 0 || number >= count) throw VersionErrors.NoVersion(_run, number, count);
    }
}
