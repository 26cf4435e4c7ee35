using Drip.Data;

namespace Drip.Postgres.Data;

/// <summary>The quarantined rows in a PostgreSQL database.</summary>
internal sealed class PostgresQuarantine(PostgresDatabase database) : IQuarantine
{
    public async ValueTask<IReadOnlyList<QuarantinedRow>> ListAsync(string run, CancellationToken cancellationToken) =>
        await database.ReadProgressAsync(connection => QuarantineTable.ListAsync(database, connection, run, cancellationToken), cancellationToken).ConfigureAwait(false) ?? [];

    public ValueTask<long> CountAsync(string run, CancellationToken cancellationToken) =>
        database.ReadProgressAsync(connection => QuarantineTable.CountAsync(database, connection, run, cancellationToken), cancellationToken);

    public ValueTask<bool> SkipAsync(string run, Key key, CancellationToken cancellationToken) =>
        database.WriteProgressAsync(connection => QuarantineTable.SkipAsync(database, connection, run, key, cancellationToken), cancellationToken);
}
