using Drip.Store;

namespace Drip.Postgres.Data;

/// <summary>
/// The after-hooks of batches in a PostgreSQL database: <c>drip_batch_outbox</c>, one of the tables of progress. Not the store's table, which
/// comes with the store's migrations, also where both are in one database.
/// </summary>
internal static class BatchOutbox
{
    public static SqlOutbox Of(PostgresDatabase database) => new(new PostgresStoreDatabase(database), ProgressTables.Outbox);
}
