namespace Drip.Sqlite;

/// <summary>Recognises file systems on which SQLite's locks and its shared memory do not work between machines.</summary>
internal static class NetworkFileSystem
{
    public static void Refuse(SqliteLocation location)
    {
        string? format;
        try
        {
            format = OperatingSystem.IsLinux() ? FormatOnLinux(location) : FormatOfDrive(location);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The folder is missing or closed to us; opening the file says so in better words.
            return;
        }

        if (format is not null && IsNetwork(format)) throw Refused(location, format);
    }

    public static bool IsNetwork(string format) => format.ToLowerInvariant() is
        "nfs" or "nfs4" or "cifs" or "smb" or "smb2" or "smb3" or "smbfs" or "ncp" or "ncpfs" or "afs" or "ceph"
        or "fuse.sshfs" or "fuse.ceph" or "fuse.glusterfs";

    // Not DriveInfo, which knows every file system that there is, 20 kB of a published worker, and before .NET 10 not the kinds of fuse.
    private static string? FormatOnLinux(SqliteLocation location)
    {
        var folder = Path.GetDirectoryName(location.FullPath) ?? "/";
        return Directory.Exists(folder) ? MountTable.FormatOf(RealPath.Of(folder), File.ReadLines("/proc/self/mountinfo")) : null;
    }

    private static string FormatOfDrive(SqliteLocation location)
    {
        var drive = new DriveInfo(OperatingSystem.IsWindows()
            ? Path.GetPathRoot(location.FullPath)!
            : Path.GetDirectoryName(location.FullPath) ?? "/");
        if (OperatingSystem.IsWindows() && drive.DriveType == DriveType.Network) throw Refused(location, "a network drive");
        return drive.DriveFormat;
    }

    private static DripException Refused(SqliteLocation location, string format) => new(
        DripErrorKind.Store, "network-file-system",
        $"{location.Given} is on a network file system ({format}), where SQLite's locks do not hold and files get damaged.",
        "Move the file to a local disk.");
}
