namespace Drip.Sqlite.Versions;

/// <summary>
/// Says when the next snapshot is due: when the changes since the last one weigh more than twice as much as it does. Then a version is opened
/// in the time of some snapshots at most, and snapshots take no more than half the room that the changes do.
/// </summary>
/// <param name="floor">No snapshot is due before the changes have this many bytes.</param>
/// <param name="size">How many bytes the last snapshot has, or the initial data where there is none.</param>
/// <param name="since">How many bytes the changes since then have.</param>
internal sealed class SnapshotRule(long floor, long size, long since)
{
    private long _size = size;
    private long _since = since;
    private bool _isTaken;

    /// <summary>Counts the changes of a version.</summary>
    public void Add(long number, long bytes)
    {
        // The initial data is read as fast as a snapshot is.
        if (number == 0) _size = bytes;
        else _since += bytes;
    }

    /// <summary>True once for each snapshot that is due, until it was taken.</summary>
    public bool Ask()
    {
        if (_isTaken || _since <= Math.Max(floor, 2 * _size)) return false;
        return _isTaken = true;
    }

    /// <summary>The snapshot is of the version that was counted last.</summary>
    public void Begin() => _since = 0;

    /// <summary>The snapshot is complete.</summary>
    public void End(long bytes) => (_size, _isTaken) = (bytes, false);
}
