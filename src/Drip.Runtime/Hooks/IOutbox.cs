using System.Data.Common;

namespace Drip.Hooks;

/// <summary>
/// After-hooks that are to be called. Those of a run are kept in the store, those of a batch in the database that holds the
/// rows, so that each is written in the same transaction as what it follows.
/// </summary>
public interface IOutbox
{
    /// <summary>Adds an entry; one that is there already is written over.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="transaction">A transaction of this database that it is to commit with; null for one of its own.</param>
    /// <param name="cancellationToken">Cancels waiting for the database.</param>
    ValueTask AddAsync(OutboxEntry entry, DbTransaction? transaction, CancellationToken cancellationToken = default);

    /// <summary>The entries of a run, oldest first.</summary>
    ValueTask<IReadOnlyList<OutboxEntry>> ListAsync(string run, CancellationToken cancellationToken = default);

    /// <summary>Entries that are due, and entries that have an owner, who may be gone; oldest first.</summary>
    ValueTask<IReadOnlyList<OutboxEntry>> FindAsync(DateTimeOffset now, int limit = 100, CancellationToken cancellationToken = default);

    /// <summary>Takes an entry, if its owner and the time at which it is due are still these; false if somebody was faster.</summary>
    ValueTask<bool> ClaimAsync(OutboxEntry entry, string owner, DateTimeOffset until, CancellationToken cancellationToken = default);

    /// <summary>Writes down that the hook failed, and when it is due again; an entry that is gone stays gone.</summary>
    ValueTask PostponeAsync(OutboxEntry entry, CancellationToken cancellationToken = default);

    /// <summary>Deletes an entry: its hook was called.</summary>
    ValueTask SettleAsync(OutboxEntry entry, CancellationToken cancellationToken = default);
}
