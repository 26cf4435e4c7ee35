using System.Data.Common;
using Drip.Data;
using Drip.Hooks;

namespace Drip.Sqlite.Tests.Harness;

/// <summary>A database whose connections break.</summary>
internal sealed class BreakingDatabase(IDatabase inner, Breaks breaks) : IDatabase
{
    public string Description => inner.Description;

    public bool ExcludesOthers => false;

    public ICursors Cursors { get; } = breaks.Around(inner.Cursors);

    public IQuarantine Quarantine { get; } = breaks.Around(inner.Quarantine);

    public IOutbox Outbox { get; } = breaks.Around(inner.Outbox);

    public async ValueTask<ITable<T>> OpenAsync<T>(Scope<T> scope, CancellationToken cancellationToken) where T : IModel<T> =>
        (ITable<T>)breaks.Around((object)await breaks.AtAsync("IDatabase.OpenAsync", () => inner.OpenAsync(scope, cancellationToken)));

    public DripException? Explain(Exception error) => inner.Explain(error);

    public ValueTask DisposeAsync() => default;
}

/// <summary>The transaction of a batch on a connection that breaks.</summary>
internal sealed class BreakingTransaction(IBatchTransaction<Item> inner, Breaks breaks) : IBatchTransaction<Item>
{
    public DbConnection Connection => inner.Connection;

    public DbTransaction Transaction => inner.Transaction;

    public ValueTask<PageEnd> FindPageAsync(KeyRange range, int size, CancellationToken cancellationToken) => At("FindPage", () => inner.FindPageAsync(range, size, cancellationToken));

    public ValueTask<PageEnd> ReadPageAsync(KeyRange range, Memory<Item> buffer, CancellationToken cancellationToken) => At("ReadPage", () => inner.ReadPageAsync(range, buffer, cancellationToken));

    public ValueTask<IReadOnlyList<Key>> ReadKeysAsync(KeyRange range, int size, CancellationToken cancellationToken) => At("ReadKeys", () => inner.ReadKeysAsync(range, size, cancellationToken));

    public int ReadRange(KeyRange range, Memory<Item> buffer) => inner.ReadRange(range, buffer);

    public ValueTask<int> UpdateAsync(SqlText set, KeyRange range, CancellationToken cancellationToken) => At("Update", () => inner.UpdateAsync(set, range, cancellationToken));

    public ValueTask<int> DeleteAsync(KeyRange range, CancellationToken cancellationToken) => At("Delete", () => inner.DeleteAsync(range, cancellationToken));

    public ValueTask WriteAsync<TOther>(Changes<TOther> changes, CancellationToken cancellationToken) where TOther : IModel<TOther> => At("Write", () => inner.WriteAsync(changes, cancellationToken));

    public ValueTask SaveAsync(CancellationToken cancellationToken) => At("Save", () => inner.SaveAsync(cancellationToken));

    public ValueTask<bool> RestoreAsync(CancellationToken cancellationToken) => At("Restore", () => inner.RestoreAsync(cancellationToken));

    public ValueTask KeepAsync(CancellationToken cancellationToken) => At("Keep", () => inner.KeepAsync(cancellationToken));

    public ValueTask QuarantineAsync(QuarantinedRow row, CancellationToken cancellationToken) => At("Quarantine", () => inner.QuarantineAsync(row, cancellationToken));

    public ValueTask SettleAsync(string run, Key key, CancellationToken cancellationToken) => At("Settle", () => inner.SettleAsync(run, key, cancellationToken));

    public ValueTask<QuarantinedRow?> FindRetryAsync(string run, int partition, CancellationToken cancellationToken) => At("FindRetry", () => inner.FindRetryAsync(run, partition, cancellationToken));

    public ValueTask<long> CountQuarantinedAsync(string run, CancellationToken cancellationToken) => At("CountQuarantined", () => inner.CountQuarantinedAsync(run, cancellationToken));

    public ValueTask<bool> MoveCursorAsync(Cursor cursor, CancellationToken cancellationToken) => At("MoveCursor", () => inner.MoveCursorAsync(cursor, cancellationToken));

    public ValueTask CommitAsync(CancellationToken cancellationToken) => At("Commit", () => inner.CommitAsync(cancellationToken));

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private ValueTask<T> At<T>(string call, Func<ValueTask<T>> make) => new(breaks.AtAsync($"IBatchTransaction.{call}", make));

    private async ValueTask At(string call, Func<ValueTask> make) => await breaks.AtAsync($"IBatchTransaction.{call}", async () =>
    {
        await make();
        return true;
    });
}
