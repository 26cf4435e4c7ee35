using Drip.Data;
using Drip.Hooks;

namespace Drip.Postgres;

/// <summary>The rows of jobs in a PostgreSQL database.</summary>
/// <param name="database">The database; shared with the store where both are in one.</param>
public sealed class PostgresData(PostgresDatabase database) : IDatabase
{
    /// <inheritdoc/>
    public string Description => database.Description;

    /// <inheritdoc/>
    public ICursors Cursors { get; } = new Data.PostgresCursors(database);

    /// <inheritdoc/>
    public IQuarantine Quarantine { get; } = new Data.PostgresQuarantine(database);

    /// <inheritdoc/>
    public IOutbox Outbox { get; } = Data.BatchOutbox.Of(database);

    /// <summary>Where samples of tables are taken; for tests that must repeat.</summary>
    internal Random Random { get; init; } = Random.Shared;

    /// <inheritdoc/>
    public async ValueTask<ITable<T>> OpenAsync<T>(Scope<T> scope, CancellationToken cancellationToken) where T : IModel<T>
    {
        try
        {
            Data.TableShape shape;
            var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                shape = await Data.TableCheck.RunAsync(database, connection, scope, cancellationToken).ConfigureAwait(false);
            }

            await Data.ProgressTables.RequireAsync(database, cancellationToken).ConfigureAwait(false);
            return new Data.PostgresTable<T>(database, scope, shape, Random);
        }
        catch (Exception error) when (database.Explain(error) is { } explained)
        {
            throw explained;
        }
    }

    /// <inheritdoc/>
    public DripException? Explain(Exception error) => database.Explain(error);

    /// <summary>Nothing: the database is its owner's to close.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
