using Dapper;
using Drip.Runs;
using Drip.Sqlite.Tests.Harness;
using Microsoft.Data.Sqlite;

namespace Drip.Sqlite.Tests.Codec;

/// <summary>What Drip stores is what Microsoft.Data.Sqlite stores, to the byte.</summary>
public sealed class StoredForms
{
    [Fact]
    public async Task A_row_is_stored_as_the_provider_stores_its_values()
    {
        await using var bench = new Workbench(ColumnRows.TableOf<Everything>() + Start.Table);
        bench.Services.Add(new Rows<Everything>()).AddRange(EdgeValues.Rows);
        await bench.RunAsync("write-everything");
        var byDrip = Stored<Everything>(bench);

        bench.Execute("DELETE FROM everything");
        foreach (var row in EdgeValues.Rows) InsertByProvider(bench, row);

        Assert.Equal(Stored<Everything>(bench), byDrip);
        Assert.Equal(EdgeValues.Rows.Length * ColumnRows.Members<Everything>().Length, byDrip.Length);
    }

    [Fact]
    public async Task A_nullable_row_is_stored_as_the_provider_stores_its_values()
    {
        await using var bench = new Workbench(ColumnRows.TableOf<Optionals>() + Start.Table);
        bench.Services.Add(new Rows<Optionals>()).AddRange(EdgeValues.Nullable);
        await bench.RunAsync("write-optionals");
        var byDrip = Stored<Optionals>(bench);

        bench.Execute("DELETE FROM everything");
        foreach (var row in EdgeValues.Nullable) InsertByProvider(bench, row);

        Assert.Equal(Stored<Optionals>(bench), byDrip);
    }

    [Fact]
    public async Task What_the_provider_wrote_is_read_equal()
    {
        await using var bench = new Workbench(ColumnRows.TableOf<Optionals>());
        foreach (var row in EdgeValues.Nullable) InsertByProvider(bench, row);

        Assert.Equal(EdgeValues.Nullable.SelectMany(ColumnRows.Describe), (await ReadOptionalsAsync(bench)).SelectMany(ColumnRows.Describe));
    }

    [Fact]
    public async Task What_Dapper_wrote_is_read_equal()
    {
        await using var bench = new Workbench(ColumnRows.TableOf<Optionals>());
        var columns = ColumnRows.Members<Optionals>();
        using (var connection = bench.Connect())
        {
            connection.Execute(
                $"INSERT INTO everything ({string.Join(", ", columns.Select(column => $"\"{column.Column}\""))}) VALUES ({string.Join(", ", columns.Select(column => "@" + column.Member.Name))})",
                EdgeValues.Nullable);
        }

        Assert.Equal(EdgeValues.Nullable.SelectMany(ColumnRows.Describe), (await ReadOptionalsAsync(bench)).SelectMany(ColumnRows.Describe));
    }

    [Fact]
    public async Task What_Drip_wrote_is_read_equal_by_the_provider()
    {
        await using var bench = new Workbench(ColumnRows.TableOf<Everything>() + Start.Table);
        bench.Services.Add(new Rows<Everything>()).AddRange(EdgeValues.Rows);

        await bench.RunAsync("write-everything");

        Assert.Equal(EdgeValues.Rows.SelectMany(ColumnRows.Describe), ReadByProvider(bench).SelectMany(ColumnRows.Describe));
    }

    [Fact]
    public async Task What_Drip_wrote_is_read_equal_by_Dapper()
    {
        await using var bench = new Workbench(Item.TableOf(3));
        bench.Script<Item>().CountTouches();

        await bench.RunAsync("each-item");

        Assert.Equal(
            [(1, "item 1", 1), (2, "item 2", 1), (3, "item 3", 1)],
            bench.List<(long, string, int)>("SELECT id, name, revision FROM items"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task NaN_is_refused_because_SQLite_would_store_NULL(bool isSingle)
    {
        await using var bench = new Workbench(ColumnRows.TableOf<Everything>() + Start.Table);
        bench.Services.Add(new Rows<Everything>()).Add(isSingle ? EdgeValues.Rows[0] with { Single = float.NaN } : EdgeValues.Rows[0] with { Double = double.NaN });

        var run = await bench.RunAsync("write-everything");

        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.Contains("NaN cannot be stored in SQLite", run.Error!.Message);
        Assert.Equal(0, bench.Ask<long>("SELECT count(*) FROM everything"));
    }

    private static async Task<List<Optionals>> ReadOptionalsAsync(Workbench bench)
    {
        var rows = bench.Services.Add(new Rows<Optionals>());
        var run = await bench.RunAsync("read-optionals", batchSize: 2);
        Assert.Null(run.Error);
        return rows;
    }

    // One line for each value: its storage class and its literal.
    private static string[] Stored<T>(Workbench bench) where T : IModel<T>
    {
        var columns = ColumnRows.Members<T>().Select(column => $"""
            '{column.Column} = ' || typeof("{column.Column}") || ':' || quote("{column.Column}") || ' in ' || hex("{column.Column}")
            """);
        var rows = bench.List<string>($"SELECT {string.Join(" || char(30) || ", columns)} FROM {T.Schema.Table} ORDER BY id");
        return [.. rows.SelectMany(row => row.Split('\u001E'))];
    }

    private static void InsertByProvider<T>(Workbench bench, T row) where T : IModel<T>
    {
        var columns = ColumnRows.Members<T>();
        using var connection = bench.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = $"INSERT INTO {T.Schema.Table} ({string.Join(", ", columns.Select(column => $"\"{column.Column}\""))}) VALUES ({string.Join(", ", columns.Select((_, i) => $"$p{i}"))})";
        for (var i = 0; i < columns.Length; i++) command.Parameters.Add(new SqliteParameter($"$p{i}", columns[i].Member.GetValue(row) ?? DBNull.Value));
        command.ExecuteNonQuery();
    }

    private static List<Everything> ReadByProvider(Workbench bench)
    {
        var rows = new List<Everything>();
        using var connection = bench.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT * FROM everything ORDER BY id";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            rows.Add(new Everything(
                reader.GetInt64(0), reader.GetBoolean(1), reader.GetFieldValue<sbyte>(2), reader.GetByte(3), reader.GetInt16(4), reader.GetFieldValue<ushort>(5),
                reader.GetInt32(6), reader.GetFieldValue<uint>(7), reader.GetInt64(8), reader.GetFieldValue<ulong>(9), reader.GetFloat(10), reader.GetDouble(11),
                reader.GetDecimal(12), reader.GetChar(13), reader.GetString(14), reader.GetGuid(15), reader.GetDateTime(16), reader.GetDateTimeOffset(17),
                reader.GetFieldValue<DateOnly>(18), reader.GetFieldValue<TimeOnly>(19), reader.GetTimeSpan(20), reader.GetFieldValue<byte[]>(21),
                reader.GetFieldValue<SmallEnum>(22), reader.GetFieldValue<PlainEnum>(23), reader.GetFieldValue<WideEnum>(24), reader.GetFieldValue<HugeEnum>(25)));
        }

        return rows;
    }
}
