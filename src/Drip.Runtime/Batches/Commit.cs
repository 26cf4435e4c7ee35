using Drip.Data;

namespace Drip.Batches;

/// <summary>
/// The commit of a batch. One whose answer does not arrive may have happened, and to do its batch again would do it twice:
/// the cursor, which moved with it or did not, says which.
/// </summary>
internal static class Commit
{
    /// <summary>Commits, and returns when the batch has committed; false if its cursor did not move, and then it has not.</summary>
    /// <param name="shared">The run.</param>
    /// <param name="transaction">The batch's transaction.</param>
    /// <param name="next">Where the cursor is then.</param>
    /// <param name="ahead">How many rows the next batch asks for; null where the cursor has moved already.</param>
    /// <param name="stop">Cancels waiting for the database.</param>
    /// <exception cref="DripException">What became of the commit could not be found out.</exception>
    public static async Task<bool> RunAsync<TRow>(SharedRun shared, IBatchTransaction<TRow> transaction, Cursor next, int? ahead, CancellationToken stop)
        where TRow : IModel<TRow>
    {
        try
        {
            if (ahead is { } size) return await transaction.CommitAsync(next, size, stop).ConfigureAwait(false);
            await transaction.CommitAsync(stop).ConfigureAwait(false);
        }
        catch (Exception error) when (Trouble.IsTransient(error, shared.Execution.Database))
        {
            await transaction.DisposeAsync().ConfigureAwait(false);
            if (!await HasMovedAsync(shared, next, error, stop).ConfigureAwait(false)) throw;
        }

        return true;
    }

    /// <summary>A commit that was given up as lost came to the server after its batch had been begun again; the cursor let only the first of the two pass.</summary>
    public static DripException Late(string run) => new(DripErrorKind.Store, "commit-late",
        $"A batch of run {run} was committed after its connection had been given up, and what was done again for it is rolled back.",
        "Nothing is to be done: whoever takes the run up goes on from its cursor.");

    private static async Task<bool> HasMovedAsync(SharedRun shared, Cursor next, Exception error, CancellationToken stop)
    {
        var database = shared.Execution.Database;
        try
        {
            var cursors = await shared.Retry.RunAsync(ReadAsync, stop).ConfigureAwait(false);
            var now = cursors.First(cursor => cursor.Partition == next.Partition);
            return now.Epoch == next.Epoch && now.Batches == next.Batches && now.IsDone == next.IsDone;
        }
        catch (Exception other) when (Trouble.IsTransient(other, database))
        {
            throw new DripException(DripErrorKind.Store, "commit-unknown",
                $"Whether a batch of run {next.Run} has committed could not be found out: {error.Message}",
                "Nothing is to be done: whoever takes the run up goes on from its cursor.", error);
        }

        async Task<IReadOnlyList<Cursor>> ReadAsync()
        {
            // A server may still be about to commit for a connection that broke; the cursor is locked until it has, so to write to it
            // waits for that, and what is read afterwards stays so.
            await database.Cursors.RenewAsync(next.Run, next.Partition, next.Epoch, shared.Claim, stop).ConfigureAwait(false);
            return await database.Cursors.ListAsync(next.Run, stop).ConfigureAwait(false);
        }
    }
}
