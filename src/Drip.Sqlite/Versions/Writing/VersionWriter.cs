using Drip.Producers.Versions;
using Drip.Sqlite.Data;
using Drip.Sqlite.Native;
using Version = Drip.Producers.Versions.Version;

namespace Drip.Sqlite.Versions;

/// <summary>Writes the versions of one run, a group in one transaction; used by one thread.</summary>
internal sealed class VersionWriter(SqliteDatabase database, long run, RecordCodec[] codecs, SnapshotRule rule, VersionSettings settings, TimeProvider time) : IDisposable
{
    private readonly ChangeEncoder _encoder = new(codecs);
    private readonly TouchIndex _index = new(run, settings.IndexSize);
    private readonly ByteWriter _part = new();
    private readonly Dictionary<StepName, long> _steps = [];
    private WriterStatements? _statements;
    private SnapshotWriter? _snapshot;
    private long _last = -1;

    /// <summary>How many transactions were committed.</summary>
    public long Commits { get; private set; }

    /// <summary>Whether a snapshot is not complete yet.</summary>
    public bool HasSnapshot => _snapshot is not null;

    /// <summary>True once for each snapshot that is to be taken.</summary>
    public bool AsksForSnapshot() => rule.Ask();

    /// <summary>Nothing follows: writes the rest of the index.</summary>
    public void End()
    {
        if (_index.IsWaiting) Write([], isEnd: true);
    }

    /// <summary>Writes a group, and a piece of the snapshot that is being taken.</summary>
    public void Write(IReadOnlyList<LogEntry> group) => Write(group, isEnd: false);

    public void Dispose()
    {
        _snapshot?.Dispose();
        _statements?.Dispose();
    }

    private void Write(IReadOnlyList<LogEntry> group, bool isEnd)
    {
        using var writer = database.EnterWriter();
        _statements ??= new WriterStatements(writer.Connection);
        var isComplete = false;
        Transaction.Run(writer.Connection, _statements.Begin, _statements.Commit, () =>
        {
            foreach (var entry in group) Write(entry);
            _index.Complete(_statements, _last, isEnd || (group.Count > 0 && group[^1].Outcome is not null));
            isComplete = _snapshot?.Write(_statements) ?? false;
        });
        Commits++;
        if (!isComplete) return;
        rule.End(_snapshot!.Size);
        _snapshot.Dispose();
        _snapshot = null;
    }

    private void Write(LogEntry entry)
    {
        if (entry.Version is { } version)
        {
            rule.Add(version.Number, WriteChanges(version));
            WriteHead(version);
            _last = version.Number;
        }

        if (entry.View is { } view)
        {
            rule.Begin();
            _snapshot = new SnapshotWriter(run, view, codecs.Length, _encoder, settings.PieceSize);
            _snapshot.Begin(_statements!);
        }

        if (entry.Outcome is { } outcome)
        {
            SqliteApi.BindInt64(_statements!.End.Handle, 1, run);
            SqliteApi.BindInt64(_statements.End.Handle, 2, time.GetUtcNow().UtcTicks);
            SqliteApi.BindInt64(_statements.End.Handle, 3, (long)outcome);
            _statements.End.Execute();
        }
    }

    private void WriteHead(Version version)
    {
        var head = _statements!.Version.Handle;
        SqliteApi.BindInt64(head, 1, run);
        SqliteApi.BindInt64(head, 2, version.Number);
        SqliteApi.BindInt64(head, 3, (long)version.Kind);
        SqliteApi.BindInt64(head, 4, StepOf(new StepName(version.Pipeline, version.Step)));
        if (version.Record is { } record) StoredId.Bind(head, 5, record);
        else SqliteApi.BindNull(head, 5);
        SqliteApi.BindInt64(head, 6, version.Attempt);
        SqliteApi.BindInt64(head, 7, version.At.UtcTicks);
        SqliteApi.BindInt64(head, 8, version.Changes.Length);
        _statements.Version.Execute();
    }

    // Returns how many bytes they have.
    private long WriteChanges(Version version)
    {
        var (parts, bytes) = (0, 0L);
        Part.Begin(_part);
        foreach (var change in version.Changes)
        {
            if (_part.Length >= settings.PartSize) bytes += WritePart(version.Number, parts++);
            _encoder.Write(_part, change);
            _index.Add(_statements!, change.Model, change.Id, version.Number, parts);
        }

        return Part.IsEmpty(_part) ? bytes : bytes + WritePart(version.Number, parts);
    }

    private int WritePart(long number, int part)
    {
        Part.End(_part, run, number, part);
        var change = _statements!.Change.Handle;
        SqliteApi.BindInt64(change, 1, run);
        SqliteApi.BindInt64(change, 2, number);
        SqliteApi.BindInt64(change, 3, part);
        SqliteApi.BindBlob(change, 4, _part.Written);
        _statements.Change.Execute();
        var length = _part.Length;
        Part.Begin(_part);
        return length;
    }

    private long StepOf(StepName name)
    {
        if (_steps.TryGetValue(name, out var id)) return id;
        SqliteValue.Bind(_statements!.AddStep.Handle, 1, name.Pipeline);
        SqliteValue.Bind(_statements.AddStep.Handle, 2, name.Step);
        _statements.AddStep.Execute();
        SqliteValue.Bind(_statements.FindStep.Handle, 1, name.Pipeline);
        SqliteValue.Bind(_statements.FindStep.Handle, 2, name.Step);
        _statements.FindStep.Step();
        id = SqliteApi.ColumnInt64(_statements.FindStep.Handle, 0);
        _statements.FindStep.Reset();
        _steps.Add(name, id);
        return id;
    }

    private sealed record StepName(string Pipeline, string Step);
}
