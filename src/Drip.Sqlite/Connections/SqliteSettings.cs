namespace Drip.Sqlite;

/// <summary>How connections to an SQLite file behave.</summary>
public sealed record SqliteSettings
{
    /// <summary>How long to wait for another program's lock.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether to sync the disk at checkpoints only (<c>synchronous=NORMAL</c>) and not at each commit: faster, and a loss
    /// of power may take back the last commits. A process that is killed loses nothing either way.
    /// </summary>
    public bool SynchronousNormal { get; init; }
}
