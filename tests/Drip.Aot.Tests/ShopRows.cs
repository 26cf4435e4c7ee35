using Microsoft.Data.Sqlite;

namespace Drip.Aot.Tests;

/// <summary>Reads the sample's database with neither of the workers.</summary>
internal static class ShopRows
{
    static ShopRows() => SQLitePCL.Batteries_V2.Init();

    public static long Count(string database, string sql)
    {
        using var connection = Open(database);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Every row of every table of the shop's, as SQL literals, which show types and bytes.</summary>
    public static List<string> All(string database)
    {
        using var connection = Open(database);
        var tables = Read(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'drip\\_%' ESCAPE '\\' ORDER BY name");
        var rows = new List<string>();
        foreach (var table in tables)
        {
            var columns = Read(connection, $"SELECT name FROM pragma_table_info('{table}')");
            var literals = string.Join(" || ', ' || ", columns.Select(column => $"quote({column})"));
            rows.AddRange(Read(connection, $"SELECT '{table}: ' || {literals} FROM {table} ORDER BY 1"));
        }

        return rows;
    }

    private static List<string> Read(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var values = new List<string>();
        while (reader.Read()) values.Add(reader.GetString(0));
        return values;
    }

    private static SqliteConnection Open(string database)
    {
        var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        return connection;
    }
}
