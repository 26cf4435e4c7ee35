using Drip.Producers.Versions;
using Version = Drip.Producers.Versions.Version;

namespace Drip.Sqlite.Versions;

/// <summary>Takes the versions of one run, and writes them on a thread of its own.</summary>
internal sealed class SqliteVersionLog : IVersionLog
{
    private readonly SqliteDatabase _database;
    private readonly Func<IRecordView> _capture;
    private readonly AppendQueue _queue;
    private readonly VersionWriter _writer;
    private readonly LogReader _reader;
    private readonly string _path;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isSnapshotDue;

    /// <summary>Begins to write; the run is in the file.</summary>
    public SqliteVersionLog(
        SqliteDatabase database, long run, NewVersionLog begun, RecordCodec[] codecs, SnapshotRule rule, VersionSettings settings, Func<VersionReader> openReader)
    {
        _database = database;
        _path = database.Path;
        _capture = begun.Capture;
        _queue = new AppendQueue(settings, begun.Time);
        _writer = new VersionWriter(database, run, codecs, rule, settings, begun.Time);
        _reader = new LogReader(this, openReader);
        _isSnapshotDue = _writer.AsksForSnapshot();
        new Thread(WriteAll) { IsBackground = true, Name = "drip versions" }.Start();
    }

    /// <inheritdoc/>
    public IVersionReader Reader => _reader;

    /// <summary>The file.</summary>
    public SqliteDatabase Database => _database;

    /// <summary>How many transactions were committed.</summary>
    public long Commits => _writer.Commits;

    /// <inheritdoc/>
    public void Append(Version version)
    {
        IRecordView? view = null;
        if (_isSnapshotDue)
        {
            view = _capture();
            _isSnapshotDue = false;
        }

        try
        {
            _queue.Add(new LogEntry(version, view, null));
        }
        catch
        {
            // Nobody else has it.
            view?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask FlushAsync() => _queue.FlushAsync();

    /// <inheritdoc/>
    public ValueTask EndAsync(StepOutcome outcome)
    {
        _queue.Add(new LogEntry(null, null, outcome));
        return _queue.FlushAsync();
    }

    /// <summary>Writes what is waiting, completes a snapshot that was begun, and closes the file. <see cref="Reader"/> stays open.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Close();
        await _stopped.Task.ConfigureAwait(false);
        _queue.Dispose();
        await _database.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Waits, on this thread, until everything that was appended is committed, or cannot be.</summary>
    public void Settle()
    {
        try
        {
            _queue.FlushAsync().AsTask().GetAwaiter().GetResult();
        }
        catch (DripException)
        {
            // Said by Append and FlushAsync; what was committed before can be read all the same.
        }
    }

    private void WriteAll()
    {
        var group = new List<LogEntry>();
        try
        {
            while (_queue.Take(group, _writer.HasSnapshot))
            {
                _writer.Write(group);
                if (_writer.AsksForSnapshot()) _isSnapshotDue = true;
                _queue.Commit(group.Count);
                group.Clear();
            }

            _writer.End();
        }
        catch (Exception error)
        {
            // Every error: the thread is nobody's, and those who wait must hear of it.
            // The view of a snapshot that was begun is the writer's by now, and there is no second one.
            if (!_writer.HasSnapshot) group.ForEach(entry => entry.View?.Dispose());
            _queue.Fail(VersionErrors.Explain(error, _path) ?? error);
        }
        finally
        {
            _writer.Dispose();
            _stopped.SetResult();
        }
    }
}
