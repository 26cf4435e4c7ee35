namespace Drip.Sqlite.Versions;

/// <summary>The measures of a log of versions.</summary>
internal sealed record VersionSettings
{
    /// <summary>How many versions are committed together at most.</summary>
    public int GroupSize { get; init; } = 256;

    /// <summary>How long a version waits for others to be committed with.</summary>
    public TimeSpan GroupTime { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>
    /// From how many waiting versions and changes on the next one waits for the disk. A snapshot comes so many changes late at most.
    /// </summary>
    public int MostWaiting { get; init; } = 4096;

    /// <summary>About how many bytes of changes one row holds.</summary>
    public int PartSize { get; init; } = 32 * 1024;

    /// <summary>About how many bytes of a snapshot are written in one go, between two groups.</summary>
    public int PieceSize { get; init; } = 256 * 1024;

    /// <summary>No snapshot is taken before the changes since the last one have this many bytes.</summary>
    public int SnapshotFloor { get; init; } = 64 * 1024;

    /// <summary>How long to wait for another program that writes to the same file; longer than elsewhere, because a run's initial data is one transaction.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
