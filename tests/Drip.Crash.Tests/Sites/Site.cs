namespace Drip.Crash.Tests.Sites;

/// <summary>Where the rows of jobs and the store of runs are.</summary>
public enum Site
{
    /// <summary>Both in one SQLite file.</summary>
    Sqlite,

    /// <summary>Both in one PostgreSQL database.</summary>
    Postgres,

    /// <summary>The rows in an SQLite file, the store in PostgreSQL.</summary>
    RowsInSqlite,

    /// <summary>The rows in PostgreSQL, the store in an SQLite file.</summary>
    RowsInPostgres,
}
