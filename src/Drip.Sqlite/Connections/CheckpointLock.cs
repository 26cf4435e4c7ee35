namespace Drip.Sqlite;

/// <summary>
/// The lock file beside a database: whoever holds it is the only process that checkpoints. It is removed when given up;
/// one left by a killed process is free, because the operating system dropped the lock.
/// </summary>
internal sealed class CheckpointLock(string databasePath) : IDisposable
{
    private readonly string _path = databasePath + "-drip.lock";
    private FileStream? _file;

    public bool IsHeld => _file is not null;

    public bool TryTake()
    {
        if (_file is not null) return true;
        try
        {
            var file = new FileStream(_path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                BufferSize = 0,
                Options = OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None,
            });
            if (IsInPlace(file)) _file = file;
            else file.Dispose();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Another process holds it, or files cannot be made here; either way this process does not checkpoint.
        }

        return IsHeld;
    }

    public void Dispose()
    {
        if (_file is null) return;
        try
        {
            // Before the lock goes, so that nobody can hold a file that is about to be removed.
            if (!OperatingSystem.IsWindows()) File.Delete(_path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // An empty file that stays behind is free to be taken.
        }

        _file.Dispose();
        _file = null;
    }

    // Between opening and locking, the previous holder may have removed the file, and somebody may have made and locked a
    // new one. The time tells the two apart: a random one, written through the handle, must be seen at the path.
    private bool IsInPlace(FileStream file)
    {
        if (OperatingSystem.IsWindows()) return true;
        var mark = DateTime.UnixEpoch.AddSeconds(Random.Shared.Next());
        File.SetLastWriteTimeUtc(file.SafeFileHandle, mark);
        return File.GetLastWriteTimeUtc(_path) == mark;
    }
}
