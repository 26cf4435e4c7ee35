using Drip.Store;

namespace Drip.Sqlite.Data;

/// <summary>
/// The after-hooks of batches in an SQLite file: <c>drip_batch_outbox</c>, which is made with its first entry, so that a file
/// whose jobs have no such hooks does not have it. Not the store's table, which comes with the store's migrations, also where
/// both are in one file.
/// </summary>
internal static class BatchOutbox
{
    private const string Table = "drip_batch_outbox";

    public static SqlOutbox Of(SqliteDatabase database) => new(new SqliteStoreDatabase(database), Table, $"""
        CREATE TABLE IF NOT EXISTS {Table} (
          run TEXT NOT NULL,
          hook TEXT NOT NULL,
          partition INTEGER NOT NULL,
          number INTEGER NOT NULL,
          job TEXT NOT NULL,
          context TEXT NOT NULL,
          at TEXT NOT NULL,
          attempts INTEGER NOT NULL,
          error TEXT,
          due TEXT NOT NULL,
          owner TEXT,
          PRIMARY KEY (run, hook, partition, number)
        )
        """);
}
