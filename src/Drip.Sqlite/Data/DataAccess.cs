using Drip.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace Drip.Sqlite.Data;

/// <summary>The two ways to work on a file beside a batch: a snapshot that blocks nobody, and one short write.</summary>
internal static class DataAccess
{
    extension(SqliteDatabase database)
    {
        /// <summary>Reads in one snapshot, on a connection of its own; cancelling interrupts the statement that runs.</summary>
        public TResult ReadSnapshot<TResult>(Func<SqliteConnection, TResult> read, CancellationToken cancellationToken)
        {
            using var reader = database.OpenReader();
            var handle = reader.Handle!.DangerousGetHandle();
            using var interrupt = cancellationToken.Register(() => SqliteApi.Interrupt(handle));
            try
            {
                // Deferred on purpose: it only reads.
                using var snapshot = reader.BeginTransaction(deferred: true);
                return read(reader);
            }
            catch (SqliteException) when (cancellationToken.IsCancellationRequested)
            {
                throw new OperationCanceledException(cancellationToken);
            }
            catch (Exception error) when (database.Explain(error) is { } explained)
            {
                throw explained;
            }
        }

        /// <summary>
        /// Writes in one transaction that is the only writer from its beginning, so that what it reads still holds when it
        /// writes. The tables of progress are there.
        /// </summary>
        public async ValueTask<TResult> WriteAsync<TResult>(Func<SqliteConnection, TResult> write, CancellationToken cancellationToken)
        {
            using var writer = await database.EnterWriterAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                ProgressTables.Require(writer.Connection);
                var transaction = writer.Connection.BeginTransaction(deferred: false);
                try
                {
                    var result = write(writer.Connection);
                    transaction.Commit();
                    return result;
                }
                finally
                {
                    TransactionEnd.Dispose(writer.Connection, transaction);
                }
            }
            catch (Exception error) when (database.Explain(error) is { } explained)
            {
                throw explained;
            }
        }
    }
}
