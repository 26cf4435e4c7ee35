using Drip.Producers.Versions;
using Version = Drip.Producers.Versions.Version;

namespace Drip.Sqlite.Versions;

/// <summary>
/// Reads a run that is being written: waits until what was appended is committed, and then reads the file. Where it could not be written, it
/// reads what was committed before.
/// </summary>
internal sealed class LogReader(SqliteVersionLog log, Func<VersionReader> open) : IVersionReader
{
    private readonly Lock _gate = new();
    private VersionReader? _reader;
    private bool _isDisposed;

    /// <inheritdoc/>
    public VersionRun Run => Settled.Run;

    /// <inheritdoc/>
    public long Count => Settled.Count;

    /// <inheritdoc/>
    public Version Read(long number) => Settled.Read(number);

    /// <inheritdoc/>
    public IEnumerable<Version> List(long from, long count) => Settled.List(from, count);

    /// <inheritdoc/>
    public IEnumerable<RecordChange> Changes(long from, long to) => Settled.Changes(from, to);

    /// <inheritdoc/>
    public IReadOnlyList<object>[] Load(long number) => Settled.Load(number);

    /// <inheritdoc/>
    public IEnumerable<Version> Touching(int model, RecordId id) => Settled.Touching(model, id);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _reader?.Dispose();
        }
    }

    private VersionReader Settled
    {
        get
        {
            log.Settle();
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_isDisposed, this);
                return _reader ??= open();
            }
        }
    }
}
