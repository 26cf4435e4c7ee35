using System.Data.Common;
using Drip.Data;
using Drip.Runs;

namespace Drip.Store;

/// <summary>One numbered, forward-only step of the store's schema.</summary>
/// <param name="Number">Its number, from 1, without gaps.</param>
/// <param name="Name">What it does, in a word or two.</param>
/// <param name="Sql">The statements.</param>
public sealed record StoreMigration(int Number, string Name, string Sql);

/// <summary>
/// What the SQL store needs of a database engine: connections, write transactions in the engine's safest form, the
/// schema, and the few phrases in which dialects differ.
/// </summary>
public abstract class StoreDatabase : IAsyncDisposable
{
    /// <summary>What people call the database, without secrets.</summary>
    public abstract string Description { get; }

    /// <summary>The schema, in order.</summary>
    public abstract IReadOnlyList<StoreMigration> Migrations { get; }

    /// <summary>A connection for reading; the caller disposes it.</summary>
    public abstract ValueTask<DbConnection> OpenReaderAsync(CancellationToken cancellationToken);

    /// <summary>Runs <paramref name="work"/> in a write transaction that nothing else of this process writes beside; commits when it returns.</summary>
    public abstract ValueTask<T> WriteAsync<T>(Func<DbTransaction, ValueTask<T>> work, CancellationToken cancellationToken);

    /// <summary>Whether the connection is open on this very database.</summary>
    public abstract bool IsOn(DbConnection connection);

    /// <summary>Whether the table exists.</summary>
    public abstract ValueTask<bool> HasTableAsync(DbConnection connection, string table, CancellationToken cancellationToken);

    /// <summary>Turns an error of the engine into one that people understand; null if it is none that is known.</summary>
    public abstract DripException? Explain(Exception error);

    /// <summary>The clock by which all workers of this store judge leases; null for the machine's.</summary>
    public virtual TimeProvider? Clock => null;

    /// <summary>The type of columns that hold times.</summary>
    public virtual string TimeType => "TEXT";

    /// <summary>Follows a <c>SELECT</c> of one row that is to be changed in this transaction; empty where one transaction writes at a time.</summary>
    public virtual string RowLock => "";

    /// <summary>The condition that a run has the options <c>@options_key</c>, in the words of the index of live runs.</summary>
    public virtual string HasOptions => "options_key = @options_key";

    /// <summary>A table of the store's as statements name it.</summary>
    public virtual string Table(string name) => name;

    /// <summary>A time as a parameter has it.</summary>
    public virtual object Time(DateTimeOffset time) => SqlValues.Time(time);

    /// <summary>What is executed to apply a migration; what is compared by its checksum is always <see cref="StoreMigration.Sql"/>.</summary>
    public virtual string StatementsOf(StoreMigration migration) => migration.Sql;

    /// <summary>Begins to migrate: keeps other processes from doing the same until the transaction ends.</summary>
    public virtual ValueTask BeginMigrationAsync(DbTransaction transaction, CancellationToken cancellationToken) => default;

    /// <summary>Prepares a command whose parameters are set and that is executed again and again, where that pays.</summary>
    public virtual ValueTask PrepareAsync(DbCommand command, CancellationToken cancellationToken) => default;

    /// <summary>For statements that go to the server together; null where there is no way to go, and each is executed as it comes.</summary>
    public virtual DbBatch? CreateBatch(DbTransaction transaction) => null;

    /// <summary>Whether an error says only that a connection has ended while nobody used it, so that reading on another one may succeed.</summary>
    public virtual bool IsBroken(Exception error) => false;

    /// <summary>See <see cref="IRunStore.TakeAsync"/>.</summary>
    public virtual ValueTask<Run?> TakeAsync(TakeFilter filter, LeaseClaim claim, CancellationToken cancellationToken) => new((Run?)null);

    /// <summary>See <see cref="IRunStore.ListenAsync"/>.</summary>
    public virtual ValueTask<IAsyncDisposable?> ListenAsync(Action wake, CancellationToken cancellationToken) => new((IAsyncDisposable?)null);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
