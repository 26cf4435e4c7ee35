using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Drip.Sqlite.Versions;

/// <summary>Says in words of people what is wrong with a file of versions.</summary>
internal static class VersionErrors
{
    /// <summary>The error for people; null if there is nothing they could do about it.</summary>
    public static DripException? Explain(Exception error, string path) => error switch
    {
        DripException { Code: "not-a-database" } foreign => Foreign(path, foreign),
        DripException explained => explained,
        InvalidDataException or ColumnException => Damaged(path, error),
        SqliteException { SqliteErrorCode: raw.SQLITE_NOTADB } => Foreign(path, error),
        SqliteException { SqliteErrorCode: raw.SQLITE_CORRUPT or raw.SQLITE_ERROR } => Damaged(path, error),
        SqliteException { SqliteErrorCode: raw.SQLITE_FULL } => new DripException(DripErrorKind.Paused, "disk-full",
            $"The disk that holds {path} is full.", GoOn("Make room"), error),
        SqliteException { SqliteErrorCode: raw.SQLITE_IOERR } => new DripException(DripErrorKind.Paused, "disk-error",
            $"The disk that holds {path} could not be read or written.", GoOn("Check that the disk has room and is healthy"), error),
        SqliteException sqlite => SqliteErrors.Explain(sqlite, new SqliteLocation(path, path, false, "")),
        IOException or UnauthorizedAccessException => new DripException(DripErrorKind.Store, "versions-not-opened",
            $"The versions cannot be kept in {path}: {error.Message}", "Give a directory on a local disk that this user may write to.", error),
        _ => null,
    };

    public static DripException Foreign(string path, Exception? error = null) => new(
        DripErrorKind.Store, "no-versions", $"{path} is no file of versions.",
        "Give another directory, or move that file to another place.", error);

    public static DripException Newer(string path) => new(
        DripErrorKind.Schema, "versions-newer", $"{path} was written by a newer Drip.",
        "Use that version of Drip, or give another directory.");

    public static DripException Damaged(string path, Exception? error = null) => new(
        DripErrorKind.Store, "versions-damaged", $"The file of versions {path} is damaged.",
        $"Stop every program that writes to it, copy the file, run: sqlite3 \"{path}\" \"pragma integrity_check\", and go on with a copy from before the damage.", error);

    public static DripException UnknownRun(string run, string directory, string? nearest) => new(
        DripErrorKind.Usage, "unknown-run", $"There is no run {run} in {directory}.",
        nearest is null ? "Check the run's id and the directory." : $"Did you mean {nearest}? Else check the directory.");

    public static DripException ParentElsewhere(string parent, string directory) => new(
        DripErrorKind.Usage, "parent-elsewhere", $"The run {parent} that this one is a branch of is not in {directory}.",
        "Give the directory that the run is in, or save its version to a file and begin from the file.");

    public static DripException NoVersion(string run, long number, long count) => new(
        DripErrorKind.Usage, "unknown-version", $"The run {run} has no version {number}.",
        count == 0 ? "It has no versions yet." : $"Its versions go from 0 to {count - 1}.");

    public static DripException RunExists(string run, string directory) => new(
        DripErrorKind.Usage, "run-exists", $"There is a run {run} in {directory} already.", "Give the new run another id.");

    public static DripException ModelGone(string run, string model) => new(
        DripErrorKind.Schema, "model-gone", $"The run {run} was written with the model {model}, which the producer no longer has.",
        "Bring the model back, or name its successor with [Renamed]; to look at the old versions, use the program that wrote them.");

    public static DripException ColumnGone(string run, string model, string column) => new(
        DripErrorKind.Schema, "column-gone", $"The run {run} was written with a column {column} of the model {model}, which the model no longer has.",
        "Bring the column back; to look at the old versions, use the program that wrote them.");

    public static DripException ColumnNew(string run, string model, string column) => new(
        DripErrorKind.Schema, "column-new", $"The model {model} has got a column {column} that may not be null, and the run {run} was written without it.",
        "Make the column nullable, or begin a new run.");

    public static DripException ColumnChanged(string run, string model, string column, string written, ColumnType now) => new(
        DripErrorKind.Schema, "column-changed", $"The column {column} of the model {model} was {written} when the run {run} was written, and is {now} now.",
        "Give the column its former type and add a new one that may be null, or begin a new run.");

    public static DripException Unreadable(string model, string column, ColumnException error) => new(
        DripErrorKind.Schema, "column-unreadable", $"The column {column} of a {model} holds {error.Problem}, not {error.Expected}.",
        "Look at the versions with the program that wrote them, or begin a new run.", error);

    private static string GoOn(string first) => $"{first}, and go on from the run's last version: everything up to it is kept.";
}
