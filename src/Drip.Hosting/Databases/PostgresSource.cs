using Drip.Hosting.Configuration;
using Drip.Postgres;
using Drip.Store;

namespace Drip.Hosting.Databases;

/// <summary>A PostgreSQL database.</summary>
internal static class PostgresSource
{
    public static DatabaseSource Create(string connectionString, string name, PostgresSettings given) => new(name, (settings, time) =>
    {
        var database = new PostgresDatabase(settings.ConnectionString(name) ?? connectionString, settings.Postgres(name, given), time);
        return new OpenDatabase(new PostgresData(database), () => new SqlStore(new PostgresStoreDatabase(database)), database);
    });
}
