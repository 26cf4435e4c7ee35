using Drip.Sqlite.Data;
using Microsoft.Data.Sqlite;

namespace Drip.Sqlite.Versions;

/// <summary>What a run's versions are written with, prepared once.</summary>
internal sealed class WriterStatements(SqliteConnection connection) : IDisposable
{
    public Statement Begin { get; } = new(connection, "BEGIN IMMEDIATE");

    public Statement Commit { get; } = new(connection, "COMMIT");

    /// <summary>Places: run, number, kind, step, record, attempt, at, changes.</summary>
    public Statement Version { get; } = new(connection,
        "INSERT INTO drip_version (run, number, kind, step, record, attempt, at, changes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");

    /// <summary>Places: run, number, part, bytes.</summary>
    public Statement Change { get; } = new(connection, "INSERT INTO drip_change (run, number, part, changes) VALUES (?1, ?2, ?3, ?4)");

    /// <summary>Places: run, model, id, number, part. A version may change a record twice, by deleting and creating it.</summary>
    public Statement Touched { get; } = new(connection,
        "INSERT OR IGNORE INTO drip_touched (run, model, id, number, part) VALUES (?1, ?2, ?3, ?4, ?5)");

    /// <summary>Places: run, number.</summary>
    public Statement Indexed { get; } = new(connection, "UPDATE drip_version_run SET indexed = ?2 WHERE id = ?1");

    /// <summary>Places: run, number.</summary>
    public Statement Snapshot { get; } = new(connection, "INSERT INTO drip_snapshot (run, number) VALUES (?1, ?2)");

    /// <summary>Places: run, number, piece, model, bytes.</summary>
    public Statement Piece { get; } = new(connection, "INSERT INTO drip_snapshot_piece (run, number, piece, model, records) VALUES (?1, ?2, ?3, ?4, ?5)");

    /// <summary>Places: run, number, pieces, size.</summary>
    public Statement Complete { get; } = new(connection, "UPDATE drip_snapshot SET pieces = ?3, size = ?4 WHERE run = ?1 AND number = ?2");

    /// <summary>Places: run, time, outcome.</summary>
    public Statement End { get; } = new(connection, "UPDATE drip_version_run SET ended_at = ?2, outcome = ?3 WHERE id = ?1");

    /// <summary>Places: pipeline, step.</summary>
    public Statement AddStep { get; } = new(connection, "INSERT OR IGNORE INTO drip_version_step (pipeline, step) VALUES (?1, ?2)");

    /// <summary>Places: pipeline, step.</summary>
    public Statement FindStep { get; } = new(connection, "SELECT id FROM drip_version_step WHERE pipeline = ?1 AND step = ?2");

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<Statement>)[Begin, Commit, Version, Change, Touched, Indexed, Snapshot, Piece, Complete, End, AddStep, FindStep])
        {
            statement.Dispose();
        }
    }
}
