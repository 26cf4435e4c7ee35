using Drip.Chaos;
using Drip.Data;
using Microsoft.Data.Sqlite;

namespace Drip.Sqlite.Data;

/// <summary>The partitions of runs in an SQLite file.</summary>
internal sealed class SqliteCursors(SqliteDatabase database) : ICursors
{
    public ValueTask<IReadOnlyList<Cursor>> ListAsync(string run, CancellationToken cancellationToken)
    {
        var cursors = database.ReadSnapshot(connection => ProgressTables.AreThere(connection) ? CursorTable.List(connection, run) : null, cancellationToken);
        if (cursors is not null) return ValueTask.FromResult<IReadOnlyList<Cursor>>(cursors);

        // Cursors of the first released version stand in a table that lacks columns, and only a writer can add them.
        return database.ReadSnapshot(ProgressTables.AreNone, cancellationToken)
            ? ValueTask.FromResult<IReadOnlyList<Cursor>>([])
            : database.WriteAsync<IReadOnlyList<Cursor>>(connection => CursorTable.List(connection, run), cancellationToken);
    }

    public ValueTask<IReadOnlyList<Cursor>> PlanAsync(string run, IReadOnlyList<Key> bounds, LeaseClaim? claim, CancellationToken cancellationToken) =>
        database.WriteAsync<IReadOnlyList<Cursor>>(
            connection =>
            {
                var planned = CursorTable.List(connection, run);
                return planned.Count > 0 ? planned : Divide(connection, run, bounds, claim);
            },
            cancellationToken);

    public ValueTask<Cursor?> ClaimAsync(string run, int partition, long epoch, LeaseClaim claim, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => CursorTable.Claim(connection, run, partition, epoch, claim) ? CursorTable.Find(connection, run, partition) : null,
            cancellationToken);

    public ValueTask<bool> RenewAsync(string run, int partition, long epoch, LeaseClaim claim, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => CursorTable.Renew(connection, run, partition, epoch, claim), cancellationToken);

    public async ValueTask ReleaseAsync(string run, int partition, long epoch, CancellationToken cancellationToken) =>
        await database.WriteAsync(connection => CursorTable.Release(connection, run, partition, epoch), cancellationToken).ConfigureAwait(false);

    public async ValueTask FenceAsync(string run, long runEpoch, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            connection =>
            {
                var fenced = CursorTable.Fence(connection, run, runEpoch);
                if (fenced == 0) CursorTable.Add(connection, new Cursor(run, 0, 0) { RunEpoch = runEpoch });
                return fenced;
            },
            cancellationToken).ConfigureAwait(false);

    public async ValueTask ReopenAsync(string run, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            connection =>
            {
                QuarantineTable.Retry(connection, run);
                return CursorTable.ForgetRescues(connection, run);
            },
            cancellationToken).ConfigureAwait(false);

    private static List<Cursor> Divide(SqliteConnection connection, string run, IReadOnlyList<Key> bounds, LeaseClaim? claim)
    {
        for (var i = 0; i <= bounds.Count; i++)
        {
            if (i > 0) FailPoint.Hit(FailPoints.HalfPlanned);
            var first = i == 0 ? claim : null;
            CursorTable.Add(connection, new Cursor(run, i, first is null ? 0 : 1)
            {
                RunEpoch = claim?.RunEpoch ?? 0,
                Owner = first?.Owner,
                LeaseUntil = first?.Until,
                Lower = i == 0 ? null : bounds[i - 1],
                Upper = i == bounds.Count ? null : bounds[i],
            });
        }

        return CursorTable.List(connection, run);
    }
}
