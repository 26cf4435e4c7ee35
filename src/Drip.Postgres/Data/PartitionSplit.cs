using Drip.Chaos;
using Drip.Data;
using Npgsql;

namespace Drip.Postgres.Data;

/// <summary>Which partition is to end earlier, and where.</summary>
/// <param name="Victim">The partition as it was when it was looked at.</param>
/// <param name="Middle">The key at which it is to end.</param>
internal sealed record Split(Cursor Victim, Key Middle);

/// <summary>Chooses the partition with the most rows left, splits it in its middle, and takes the upper half.</summary>
/// <param name="database">The database.</param>
/// <param name="scope">The keys of the scope.</param>
/// <param name="random">Where samples are taken.</param>
internal sealed class PartitionSplit<T>(PostgresDatabase database, KeyFinder<T> scope, Random random) where T : IModel<T>
{
    private const int Countable = 100_000;

    /// <summary>
    /// How long the split waits for the victim's cursor. A batch has it from its last statement to its commit; whoever has it longer was stopped
    /// there, and is not worth waiting for.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Takes a half; null if no partition has that many rows left, or what was found has changed twice meanwhile.</summary>
    public async ValueTask<Cursor?> StealAsync(string run, long least, LeaseClaim claim, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < 2; tries++)
        {
            // The long part holds nobody up; what it finds is looked at again once the victim stands still.
            if (await ChooseAsync(run, least, cancellationToken).ConfigureAwait(false) is not { } split) return null;
            if (await MakeAsync(split, claim, cancellationToken).ConfigureAwait(false) is { } stolen) return stolen;
        }

        return null;
    }

    /// <summary>Looks for a split, in one snapshot; null if no partition has that many rows left. Takes as long as counting some of them takes.</summary>
    public ValueTask<Split?> ChooseAsync(string run, long least, CancellationToken cancellationToken) =>
        database.ReadSnapshotAsync(connection => ChooseAsync(connection, run, Math.Max(least, 2), cancellationToken), cancellationToken);

    /// <summary>Makes the split; null if the partition has come too far, or was split by another, or is held by a batch that does not end.</summary>
    public async ValueTask<Cursor?> MakeAsync(Split split, LeaseClaim claim, CancellationToken cancellationToken)
    {
        try
        {
            return await database.ChangeProgressAsync(split.Victim.Run, connection => MakeAsync(connection, split, claim, cancellationToken), cancellationToken, Patience).ConfigureAwait(false);
        }
        catch (DripException error) when (error.Code is "lock-timeout" or "statement-timeout")
        {
            return null;
        }
    }

    private async ValueTask<Cursor?> MakeAsync(NpgsqlConnection connection, Split split, LeaseClaim claim, CancellationToken cancellationToken)
    {
        var (run, middle) = (split.Victim.Run, split.Middle);
        // First, so that what is found out about it from here on stays so.
        var victim = await CursorTable.HoldAsync(database, connection, run, split.Victim.Partition, cancellationToken).ConfigureAwait(false);
        if (victim is null || victim.IsDone || victim.RunEpoch > claim.RunEpoch) return null;
        // Both sides keep a row; so the middle lies behind the victim's position, and before its end, wherever they are by now.
        if (!await scope.HasAnyAsync(connection, victim.Rest with { To = middle }, cancellationToken).ConfigureAwait(false)
            || !await scope.HasAnyAsync(connection, new KeyRange(middle, victim.Upper), cancellationToken).ConfigureAwait(false)) return null;

        await CursorTable.EndAsync(database, connection, run, victim.Partition, middle, cancellationToken).ConfigureAwait(false);
        FailPoint.Hit(FailPoints.Stealing);
        // Nobody else adds a partition to this run meanwhile.
        var cursors = await CursorTable.ListAsync(database, connection, run, cancellationToken).ConfigureAwait(false);
        var stolen = new Cursor(run, cursors[^1].Partition + 1, 1) { RunEpoch = claim.RunEpoch, Lower = middle, Upper = victim.Upper, Owner = claim.Owner, LeaseUntil = claim.Until };
        await CursorTable.AddAsync(database, connection, stolen, cancellationToken).ConfigureAwait(false);
        return await CursorTable.HoldAsync(database, connection, run, stolen.Partition, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<Split?> ChooseAsync(NpgsqlConnection connection, string run, long least, CancellationToken cancellationToken)
    {
        var bound = Math.Max(least, Countable);
        var (largest, most) = (new List<Cursor>(), 0L);
        foreach (var cursor in await CursorTable.ListAsync(database, connection, run, cancellationToken).ConfigureAwait(false))
        {
            if (cursor.IsDone) continue;
            var rows = await scope.CountUpToAsync(connection, cursor.Rest, bound, cancellationToken).ConfigureAwait(false);
            if (rows > most) largest.Clear();
            if (rows >= most) largest.Add(cursor);
            most = Math.Max(most, rows);
        }

        if (most < least) return null;
        if (most < bound) return await AtAsync(connection, largest[0], most / 2, cancellationToken).ConfigureAwait(false);
        return await SampleAsync(connection, largest, cancellationToken).ConfigureAwait(false) ?? await AtAsync(connection, largest[0], bound / 2, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<Split?> AtAsync(NpgsqlConnection connection, Cursor victim, long number, CancellationToken cancellationToken) =>
        await scope.KeyAtAsync(connection, victim.Rest, number, cancellationToken).ConfigureAwait(false) is { } middle ? new Split(victim, middle) : null;

    // Of partitions that are all too long to be counted the one is taken in which most of a sample lies.
    private async ValueTask<Split?> SampleAsync(NpgsqlConnection connection, List<Cursor> cursors, CancellationToken cancellationToken)
    {
        if (scope.IsSelect || await TableSample.OfAsync(connection, T.Schema.Table, random, cancellationToken).ConfigureAwait(false) is not { } sample) return null;
        var (victim, keys) = (cursors[0], await scope.SampleAsync(connection, cursors[0].Rest, sample, cancellationToken).ConfigureAwait(false));
        for (var i = 1; i < cursors.Count; i++)
        {
            var within = await scope.SampleAsync(connection, cursors[i].Rest, sample, cancellationToken).ConfigureAwait(false);
            if (within.Count > keys.Count) (victim, keys) = (cursors[i], within);
        }

        return keys.Count < 2 ? null : new Split(victim, keys[(keys.Count - 1) / 2]);
    }
}
