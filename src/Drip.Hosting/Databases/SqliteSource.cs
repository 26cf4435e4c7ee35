using Drip.Hosting.Configuration;
using Drip.Sqlite;
using Drip.Store;

namespace Drip.Hosting.Databases;

/// <summary>An SQLite file.</summary>
internal static class SqliteSource
{
    public static DatabaseSource Create(string connectionString, string name) => new(name, (settings, _) =>
    {
        var database = new SqliteDatabase(settings.ConnectionString(name) ?? connectionString, settings.Sqlite);
        return new OpenDatabase(new SqliteData(database), () => new SqlStore(new SqliteStoreDatabase(database)), database);
    });
}
