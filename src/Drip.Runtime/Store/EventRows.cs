using System.Data.Common;
using Drip.Runs;

namespace Drip.Store;

/// <summary>The rows of <c>drip_event</c>, which are only ever added.</summary>
internal sealed class EventRows(StoreDatabase database)
{
    private readonly string _table = database.Table("drip_event");

    public async ValueTask AddAsync(RunEvent happened, DbTransaction transaction, CancellationToken cancellationToken)
    {
        await using var insert = transaction.Connection!
            .Command($"INSERT INTO {_table} (run, at, kind, who, detail) VALUES (@run, @at, @kind, @who, @detail)", transaction)
            .Set("@run", happened.RunId).Set(database, "@at", happened.At).Set("@kind", happened.Kind)
            .Set("@who", happened.Who).Set("@detail", happened.Detail);
        await insert.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public DbCommand List(DbConnection connection, string run, long afterId, int limit) =>
        connection.Command($"SELECT id, run, at, kind, who, detail FROM {_table} WHERE run = @run AND id > @after ORDER BY id LIMIT @limit")
            .Set("@run", run).Set("@after", afterId).Set("@limit", limit);

    public static RunEvent Read(DbDataReader reader) => new(
        reader.GetInt64(0), reader.GetString(1), reader.ReadTime(2), reader.GetString(3), reader.ReadTextOrNull(4), reader.ReadTextOrNull(5));
}
