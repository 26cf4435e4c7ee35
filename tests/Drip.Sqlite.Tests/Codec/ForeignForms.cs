using System.Text;
using Drip.Sqlite.Tests.Harness;

namespace Drip.Sqlite.Tests.Codec;

/// <summary>A row as other programs store it.</summary>
[Model("foreign")]
internal partial record Foreign(Guid Id, DateTime At, DateTimeOffset Since, DateOnly Day, long Count, bool Flag, double Ratio, decimal Price, string Name, int Revision)
{
    public const string Table = "CREATE TABLE \"foreign\" (id PRIMARY KEY NOT NULL, at, since, day, count, flag, ratio, price, name, revision);";
}

[Backfill]
internal partial class EachForeign(Script<Foreign> script)
{
    public Scope<Foreign> Scope() => script.Scope();

    public void ProcessElement(Foreign row, Changes<Foreign> changes) => script.Element(row, changes);
}

public sealed class ForeignForms
{
    private const string Id = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";
    private const string Plain = "'2024-02-29 12:00:00', '2024-02-29 12:00:00+00:00', '2024-02-29', 7, 1, 0.5, '1.5', 'Ann', 0";

    private static readonly DateTime Noon = new(2024, 2, 29, 12, 0, 0);

    [Theory]
    [InlineData($"'{Id}'")]
    [InlineData("'6F9619FF-8B86-D011-B42D-00CF4FC964FF'")]
    [InlineData("x'FF19966F868B11D0B42D00CF4FC964FF'")]
    [InlineData("'{6f9619ff-8b86-d011-b42d-00cf4fc964ff}'")]
    [InlineData("'6f9619ff8b86d011b42d00cf4fc964ff'")]
    public async Task A_Guid_is_read_in_every_form_and_its_row_is_found_again(string id)
    {
        var row = await ReadAsync($"{id}, {Plain}", bench =>
        {
            Assert.Equal(1, bench.Ask<long>("SELECT count(*) FROM \"foreign\" WHERE revision = 1"));
            Assert.Equal(1, bench.Ask<long>($"SELECT count(*) FROM \"foreign\" WHERE id = {id}"));
        });

        var expected = id.StartsWith('x') ? new Guid(Convert.FromHexString("FF19966F868B11D0B42D00CF4FC964FF")) : Guid.Parse(Id);
        Assert.Equal(expected, row.Id);
    }

    [Theory]
    [InlineData("'2024-02-29T12:00:00Z'")]
    [InlineData("'2024-02-29T12:00:00'")]
    [InlineData("'2024-02-29 12:00'")]
    [InlineData("2460370.0")]
    [InlineData("2460370")]
    public async Task A_moment_is_read_in_every_form(string at)
    {
        var row = await ReadAsync($"'{Id}', {at}, {at}, '2024-02-29', 7, 1, 0.5, '1.5', 'Ann', 0");

        Assert.Equal(Noon, row.At);
        Assert.True(new DateTimeOffset(Noon, TimeSpan.Zero).EqualsExact(row.Since));
    }

    [Theory]
    [InlineData("")]
    [InlineData("41")]
    [InlineData("C3A9E282ACF09F9880")]
    [InlineData("41FF42")]
    [InlineData("F09F98")]
    public async Task A_text_is_what_its_bytes_say_however_long_it_is(string bytes)
    {
        for (var times = 1; times <= 70; times += 3)
        {
            var stored = string.Concat(Enumerable.Repeat(bytes, times));

            var row = await ReadAsync($"'{Id}', '2024-02-29 12:00:00', '2024-02-29 12:00:00+00:00', '2024-02-29', 7, 1, 0.5, '1.5', CAST(x'{stored}' AS TEXT), 0");

            Assert.Equal(Encoding.UTF8.GetString(Convert.FromHexString(stored)), row.Name);
        }
    }

    [Fact]
    public async Task An_offset_is_kept()
    {
        var row = await ReadAsync($"'{Id}', '2024-02-29 12:00:00', '2024-02-29T12:00:00+05:30', '2024-02-29', 7, 1, 0.5, '1.5', 'Ann', 0");

        Assert.True(new DateTimeOffset(Noon, TimeSpan.FromMinutes(330)).EqualsExact(row.Since));
    }

    [Theory]
    [InlineData("'2024-02-29'")]
    [InlineData("'2024-02-29 00:00:00'")]
    [InlineData("2460369.5")]
    public async Task A_day_is_read_in_every_form(string day)
    {
        var row = await ReadAsync($"'{Id}', '2024-02-29 12:00:00', '2024-02-29 12:00:00+00:00', {day}, 7, 1, 0.5, '1.5', 'Ann', 0");

        Assert.Equal(new DateOnly(2024, 2, 29), row.Day);
    }

    [Theory]
    [InlineData("'7', '1', '0.5', 1.5, 12", "12")]
    [InlineData("7.0, 1.0, '5e-1', 1.50, 1.5", "1.5")]
    [InlineData("'+7', 2, 0.5, '01.5000', 'Ann'", "Ann")]
    public async Task Numbers_are_read_from_text_and_from_reals_and_text_from_numbers(string values, string name)
    {
        var row = await ReadAsync($"'{Id}', '2024-02-29 12:00:00', '2024-02-29 12:00:00+00:00', '2024-02-29', {values}, 0");

        Assert.Equal((7L, true, 0.5, 1.5m, name), (row.Count, row.Flag, row.Ratio, row.Price, row.Name));
    }

    [Fact]
    public async Task A_database_in_UTF_16_is_read_and_written_like_any_other()
    {
        await using var bench = new Workbench("PRAGMA encoding = 'UTF-16le';" + Item.Table);
        bench.Execute("INSERT INTO items VALUES (1, 'é 漢字 😀', 0), (2, '', 0)");
        var names = new List<string>();
        bench.Script<Item>().Element = (item, changes) =>
        {
            names.Add(item.Name);
            changes.Update(item with { Name = item.Name + "ß😀", Revision = item.Revision + 1 });
        };

        await bench.RunAsync("each-item");

        Assert.Equal("UTF-16le", bench.Ask<string>("PRAGMA encoding"));
        Assert.Equal(["é 漢字 😀", ""], names);
        Assert.Equal(["é 漢字 😀ß😀", "ß😀"], bench.List<string>("SELECT name FROM items ORDER BY id"));
    }

    private static async Task<Foreign> ReadAsync(string values, Action<Workbench>? then = null)
    {
        await using var bench = new Workbench(Foreign.Table);
        bench.Execute($"INSERT INTO \"foreign\" VALUES ({values})");
        Foreign? read = null;
        bench.Script<Foreign>().Element = (row, changes) => changes.Update((read = row) with { Revision = row.Revision + 1 });

        var run = await bench.RunAsync("each-foreign");

        Assert.Null(run.Error);
        then?.Invoke(bench);
        return read!;
    }
}
