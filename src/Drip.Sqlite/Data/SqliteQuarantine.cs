using Drip.Data;

namespace Drip.Sqlite.Data;

/// <summary>The quarantined rows in an SQLite file.</summary>
internal sealed class SqliteQuarantine(SqliteDatabase database) : IQuarantine
{
    public ValueTask<IReadOnlyList<QuarantinedRow>> ListAsync(string run, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<QuarantinedRow>>(database.ReadSnapshot(
            connection => ProgressTables.HasQuarantine(connection) ? QuarantineTable.List(connection, run) : [], cancellationToken));

    public ValueTask<long> CountAsync(string run, CancellationToken cancellationToken) =>
        ValueTask.FromResult(database.ReadSnapshot(
            connection => ProgressTables.HasQuarantine(connection) ? QuarantineTable.Count(connection, run) : 0, cancellationToken));

    public ValueTask<bool> SkipAsync(string run, Key key, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => QuarantineTable.Skip(connection, run, key), cancellationToken);
}
