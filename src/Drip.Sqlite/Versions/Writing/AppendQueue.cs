using System.Runtime.ExceptionServices;

namespace Drip.Sqlite.Versions;

/// <summary>
/// What was appended and is not written yet. One thread takes it in groups: when there are enough, when the first has waited long enough, or
/// when somebody waits for it. Those who append wait once too much is waiting.
/// </summary>
internal sealed class AppendQueue : IDisposable
{
    private readonly VersionSettings _settings;
    private readonly object _gate = new();
    private readonly Queue<LogEntry> _entries = new();
    private readonly Queue<Flush> _flushes = new();
    private readonly ITimer _timer;
    private ExceptionDispatchInfo? _failure;
    private long _appended;
    private long _committed;
    private int _weight;
    private bool _isOld;
    private bool _isClosed;

    public AppendQueue(VersionSettings settings, TimeProvider time)
    {
        _settings = settings;
        _timer = time.CreateTimer(_ => GrowOld(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Adds an entry; waits while too much is waiting.</summary>
    /// <exception cref="DripException">An earlier entry could not be written.</exception>
    public void Add(LogEntry entry)
    {
        lock (_gate)
        {
            while (_failure is null && !_isClosed && _entries.Count > 0 && _weight + entry.Weight > _settings.MostWaiting)
            {
                _isOld = true;
                Monitor.PulseAll(_gate);
                Monitor.Wait(_gate);
            }

            _failure?.Throw();
            ObjectDisposedException.ThrowIf(_isClosed, this);
            _entries.Enqueue(entry);
            _weight += entry.Weight;
            _appended++;
            if (_entries.Count == 1) _timer.Change(_settings.GroupTime, Timeout.InfiniteTimeSpan);
            if (_entries.Count >= _settings.GroupSize) Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Completes when everything that was added is committed; it is taken at once then, together with what others wait for.</summary>
    public ValueTask FlushAsync()
    {
        lock (_gate)
        {
            _failure?.Throw();
            if (_committed == _appended) return ValueTask.CompletedTask;
            var flush = new Flush(_appended);
            _flushes.Enqueue(flush);
            Monitor.PulseAll(_gate);
            return new ValueTask(flush.Task);
        }
    }

    /// <summary>
    /// Waits for the next group; false once the queue is closed and empty, or has failed. With <paramref name="isBusy"/> it does not wait, and
    /// the group may be empty.
    /// </summary>
    public bool Take(List<LogEntry> group, bool isBusy)
    {
        lock (_gate)
        {
            while (!IsDue && !isBusy && !_isClosed) Monitor.Wait(_gate);
            if (_entries.Count == 0 && !isBusy) return false;
            if (!IsDue) return true;
            while (group.Count < _settings.GroupSize && _entries.TryDequeue(out var entry))
            {
                group.Add(entry);
                _weight -= entry.Weight;
            }

            _isOld = false;
            if (_entries.Count > 0) _timer.Change(_settings.GroupTime, Timeout.InfiniteTimeSpan);
            Monitor.PulseAll(_gate);
            return true;
        }
    }

    /// <summary>So many entries are committed.</summary>
    public void Commit(int entries)
    {
        lock (_gate)
        {
            _committed += entries;
            while (_flushes.TryPeek(out var flush) && flush.Target <= _committed) _flushes.Dequeue().SetResult();
        }
    }

    /// <summary>The entries cannot be written: everybody who waits or comes is told.</summary>
    public void Fail(Exception error)
    {
        lock (_gate)
        {
            _failure = ExceptionDispatchInfo.Capture(error);
            while (_entries.TryDequeue(out var entry)) entry.View?.Dispose();
            while (_flushes.TryDequeue(out var flush)) flush.SetException(error);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Nothing follows; what waits is written.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            Monitor.PulseAll(_gate);
        }
    }

    public void Dispose() => _timer.Dispose();

    private bool IsDue => _entries.Count > 0 && (_isOld || _isClosed || _flushes.Count > 0 || _entries.Count >= _settings.GroupSize);

    // The timer may be late, and speak of entries that were taken meanwhile; then the next group is a little smaller.
    private void GrowOld()
    {
        lock (_gate)
        {
            _isOld = true;
            Monitor.PulseAll(_gate);
        }
    }

    private sealed class Flush(long target) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        /// <summary>How many entries must be committed.</summary>
        public long Target => target;
    }
}
