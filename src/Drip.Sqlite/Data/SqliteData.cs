using Drip.Data;
using Drip.Hooks;

namespace Drip.Sqlite;

/// <summary>The rows of jobs in an SQLite file.</summary>
/// <param name="database">The file; shared with the store where both are in one.</param>
public sealed class SqliteData(SqliteDatabase database) : IDatabase
{
    /// <inheritdoc/>
    public string Description => database.Description;

    /// <summary>True: a file has one writer.</summary>
    public bool ExcludesOthers => true;

    /// <inheritdoc/>
    public ICursors Cursors { get; } = new Data.SqliteCursors(database);

    /// <inheritdoc/>
    public IQuarantine Quarantine { get; } = new Data.SqliteQuarantine(database);

    /// <inheritdoc/>
    public IOutbox Outbox { get; } = Data.BatchOutbox.Of(database);

    /// <summary>Where samples of tables are taken; for tests that must repeat.</summary>
    internal Random Random { get; init; } = Random.Shared;

    /// <inheritdoc/>
    public async ValueTask<ITable<T>> OpenAsync<T>(Scope<T> scope, CancellationToken cancellationToken) where T : IModel<T>
    {
        using var writer = await database.EnterWriterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var locator = Data.TableCheck.Run(writer.Connection, scope, database.Description);
            Data.ProgressTables.Require(writer.Connection);
            return new Data.SqliteTable<T>(database, scope, locator, Random);
        }
        catch (Exception error) when (database.Explain(error) is { } explained)
        {
            throw explained;
        }
    }

    /// <inheritdoc/>
    public DripException? Explain(Exception error) => database.Explain(error);

    /// <summary>Nothing: the file is its owner's to close.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
