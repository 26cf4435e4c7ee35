using Drip.Data;

namespace Drip.Sqlite;

/// <summary>The rows of jobs in an SQLite file.</summary>
/// <param name="database">The file; shared with the store where both are in one.</param>
public sealed class SqliteData(SqliteDatabase database) : IDatabase
{
    /// <inheritdoc/>
    public string Description => database.Description;

    /// <inheritdoc/>
    public async ValueTask<ITable<T>> OpenAsync<T>(Scope<T> scope, CancellationToken cancellationToken) where T : IModel<T>
    {
        using var writer = await database.EnterWriterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var locator = Data.TableCheck.Run(writer.Connection, scope, database.Description);
            Data.CursorTable.Create(writer.Connection);
            return new Data.SqliteTable<T>(database, scope, locator);
        }
        catch (Exception error) when (database.Explain(error) is { } explained)
        {
            throw explained;
        }
    }

    /// <inheritdoc/>
    public async ValueTask FenceAsync(string run, int partition, long epoch, CancellationToken cancellationToken)
    {
        using var writer = await database.EnterWriterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            Data.CursorTable.Create(writer.Connection);
            Data.CursorTable.Take(writer.Connection, run, partition, epoch);
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
