namespace Drip.Sqlite.Versions;

/// <summary>The tables of a file of versions.</summary>
internal static class VersionSchema
{
    /// <summary>What the file's header says it is: the letters DRPV.</summary>
    public const int ApplicationId = 0x44525056;

    /// <summary>The version of the tables; a file with a larger number was written by a newer Drip.</summary>
    public const int Current = 1;

    /// <summary>
    /// Makes the tables. Those of many small rows have no row numbers: their keys are what they are read by, in order. The ids of records have
    /// no type, because each model has ids of its own kind. A snapshot counts only once its <c>pieces</c> are known, and
    /// <c>drip_touched</c> up to the version <c>indexed</c> of its run.
    /// </summary>
    public static readonly string Create = $"""
        CREATE TABLE drip_version_run (
          id INTEGER PRIMARY KEY,
          name TEXT NOT NULL UNIQUE,
          producer TEXT NOT NULL,
          parent INTEGER REFERENCES drip_version_run (id),
          parent_version INTEGER,
          begun_at INTEGER NOT NULL,
          ended_at INTEGER,
          outcome INTEGER,
          indexed INTEGER NOT NULL
        );
        CREATE TABLE drip_version_model (run INTEGER NOT NULL, model INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (run, model)) WITHOUT ROWID;
        CREATE TABLE drip_version_column (
          run INTEGER NOT NULL, model INTEGER NOT NULL, ordinal INTEGER NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL,
          PRIMARY KEY (run, model, ordinal)
        ) WITHOUT ROWID;
        CREATE TABLE drip_version_step (id INTEGER PRIMARY KEY, pipeline TEXT NOT NULL, step TEXT NOT NULL, UNIQUE (pipeline, step));
        CREATE TABLE drip_version (
          run INTEGER NOT NULL, number INTEGER NOT NULL, kind INTEGER NOT NULL, step INTEGER NOT NULL, record, attempt INTEGER NOT NULL,
          at INTEGER NOT NULL, changes INTEGER NOT NULL,
          PRIMARY KEY (run, number)
        ) WITHOUT ROWID;
        CREATE TABLE drip_change (
          run INTEGER NOT NULL, number INTEGER NOT NULL, part INTEGER NOT NULL, changes BLOB NOT NULL,
          PRIMARY KEY (run, number, part)
        ) WITHOUT ROWID;
        CREATE TABLE drip_touched (
          run INTEGER NOT NULL, model INTEGER NOT NULL, id NOT NULL, number INTEGER NOT NULL, part INTEGER NOT NULL,
          PRIMARY KEY (run, model, id, number, part)
        ) WITHOUT ROWID;
        CREATE TABLE drip_snapshot (run INTEGER NOT NULL, number INTEGER NOT NULL, pieces INTEGER, size INTEGER, PRIMARY KEY (run, number)) WITHOUT ROWID;
        CREATE TABLE drip_snapshot_piece (
          run INTEGER NOT NULL, number INTEGER NOT NULL, piece INTEGER NOT NULL, model INTEGER NOT NULL, records BLOB NOT NULL,
          PRIMARY KEY (run, number, piece)
        ) WITHOUT ROWID;
        PRAGMA application_id = {ApplicationId};
        PRAGMA user_version = {Current};
        """;
}
