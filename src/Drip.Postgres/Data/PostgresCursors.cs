using Drip.Chaos;
using Drip.Data;
using Npgsql;

namespace Drip.Postgres.Data;

/// <summary>The partitions of runs in a PostgreSQL database.</summary>
internal sealed class PostgresCursors(PostgresDatabase database) : ICursors
{
    public async ValueTask<IReadOnlyList<Cursor>> ListAsync(string run, CancellationToken cancellationToken) =>
        await database.ReadProgressAsync(connection => CursorTable.ListAsync(database, connection, run, cancellationToken), cancellationToken).ConfigureAwait(false) ?? [];

    public async ValueTask<IReadOnlyList<Cursor>> PlanAsync(string run, IReadOnlyList<Key> bounds, LeaseClaim? claim, CancellationToken cancellationToken) =>
        await database.ChangeProgressAsync(
            run,
            async connection =>
            {
                var planned = await CursorTable.ListAsync(database, connection, run, cancellationToken).ConfigureAwait(false);
                if (planned.Count > 0) return planned;
                await DivideAsync(connection, run, bounds, claim, cancellationToken).ConfigureAwait(false);
                return await CursorTable.ListAsync(database, connection, run, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);

    public ValueTask<Cursor?> ClaimAsync(string run, int partition, long epoch, LeaseClaim claim, CancellationToken cancellationToken) =>
        database.WriteProgressAsync(
            async connection =>
            {
                if (!database.Settings.PollOnly) await PartitionLock.EndOtherAsync(database, connection, run, partition, epoch, claim, cancellationToken).ConfigureAwait(false);
                return await CursorTable.ClaimAsync(database, connection, run, partition, epoch, claim, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken);

    public ValueTask<bool> RenewAsync(string run, int partition, long epoch, LeaseClaim claim, CancellationToken cancellationToken) =>
        database.WriteProgressAsync(connection => CursorTable.RenewAsync(database, connection, run, partition, epoch, claim, cancellationToken), cancellationToken);

    public async ValueTask ReleaseAsync(string run, int partition, long epoch, CancellationToken cancellationToken) =>
        await database.WriteProgressAsync(connection => CursorTable.ReleaseAsync(database, connection, run, partition, epoch, cancellationToken), cancellationToken).ConfigureAwait(false);

    public async ValueTask FenceAsync(string run, long runEpoch, CancellationToken cancellationToken)
    {
        if (!database.Settings.PollOnly) await EndSessionsAsync(run, cancellationToken).ConfigureAwait(false);
        await database.ChangeProgressAsync(
            run,
            async connection =>
            {
                var fenced = await CursorTable.FenceAsync(database, connection, run, runEpoch, cancellationToken).ConfigureAwait(false);
                if (fenced == 0) await CursorTable.AddAsync(database, connection, new Cursor(run, 0, 0) { RunEpoch = runEpoch }, cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask ReopenAsync(string run, CancellationToken cancellationToken) =>
        await database.ChangeProgressAsync(
            run,
            async connection =>
            {
                await QuarantineTable.RetryAsync(database, connection, run, cancellationToken).ConfigureAwait(false);
                await CursorTable.ForgetRescuesAsync(database, connection, run, cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);

    // What they do would not be committed any more. They are ended so that nobody waits for the rows that they have locked.
    private async ValueTask EndSessionsAsync(string run, CancellationToken cancellationToken) =>
        await database.ReadProgressAsync(
            async connection =>
            {
                var cursors = await CursorTable.ListAsync(database, connection, run, cancellationToken).ConfigureAwait(false);
                if (cursors.Count > 0) await PartitionLock.EndAllAsync(connection, cursors, cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);

    private async ValueTask DivideAsync(NpgsqlConnection connection, string run, IReadOnlyList<Key> bounds, LeaseClaim? claim, CancellationToken cancellationToken)
    {
        for (var i = 0; i <= bounds.Count; i++)
        {
            if (i > 0) FailPoint.Hit(FailPoints.HalfPlanned);
            var first = i == 0 ? claim : null;
            var cursor = new Cursor(run, i, first is null ? 0 : 1)
            {
                RunEpoch = claim?.RunEpoch ?? 0,
                Owner = first?.Owner,
                LeaseUntil = first?.Until,
                Lower = i == 0 ? null : bounds[i - 1],
                Upper = i == bounds.Count ? null : bounds[i],
            };
            await CursorTable.AddAsync(database, connection, cursor, cancellationToken).ConfigureAwait(false);
        }
    }
}
