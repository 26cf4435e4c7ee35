using Drip.Sqlite.Tests.Codec;
using Drip.Sqlite.Tests.Harness;

namespace Drip.Sqlite.Tests.Scopes;

public sealed class ParameterValues
{
    [Fact]
    public async Task A_value_of_every_type_finds_the_row_that_holds_it()
    {
        await using var bench = new Workbench(ColumnRows.TableOf<Everything>() + Start.Table);
        bench.Services.Add(new Rows<Everything>()).AddRange(EdgeValues.Rows);
        await bench.RunAsync("write-everything");
        foreach (var row in EdgeValues.Rows)
        {
            foreach (var (name, scope) in ScopesOf(row))
            {
                var found = bench.Services.Add(new Script<Everything>());
                found.Scope = () => scope;
                var ids = new List<long>();
                found.Element = (match, _) => ids.Add(match.Id);

                var run = await bench.RunAsync("each-everything");

                Assert.Null(run.Error);
                Assert.True(ids.Contains(row.Id), $"{name} of row {row.Id}");
            }
        }
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData(5, 0)]
    public async Task A_null_is_a_parameter_too(int? value, int expected)
    {
        await using var bench = new Workbench(Item.TableOf(1));
        bench.Script<Item>().CountTouches().Scope = () => Item.Where($"{value} IS NULL");

        await bench.RunAsync("each-item");

        Assert.Equal(expected, bench.Ask<int>("SELECT revision FROM items"));
    }

    [Fact]
    public async Task A_value_that_no_column_can_have_is_refused_by_name()
    {
        await using var bench = new Workbench(Item.TableOf(1));
        bench.Script<Item>().Scope = () => Item.Where($"id = {new Version(1, 2)}");

        var error = await Assert.ThrowsAsync<DripException>(() => bench.RunAsync("each-item"));

        Assert.Equal("unsupported-parameter", error.Code);
        Assert.Contains("System.Version", error.Message);
    }

    private static IEnumerable<(string Name, Scope<Everything> Scope)> ScopesOf(Everything row)
    {
        yield return ("bool", Everything.Where($"boolean = {row.Boolean}"));
        yield return ("sbyte", Everything.Where($"s_byte = {row.SByte}"));
        yield return ("byte", Everything.Where($"byte = {row.Byte}"));
        yield return ("short", Everything.Where($"int16 = {row.Int16}"));
        yield return ("ushort", Everything.Where($"u_int16 = {row.UInt16}"));
        yield return ("int", Everything.Where($"int32 = {row.Int32}"));
        yield return ("uint", Everything.Where($"u_int32 = {row.UInt32}"));
        yield return ("long", Everything.Where($"int64 = {row.Int64}"));
        yield return ("ulong", Everything.Where($"u_int64 = {row.UInt64}"));
        yield return ("float", Everything.Where($"single = {row.Single}"));
        yield return ("double", Everything.Where($"double = {row.Double}"));
        yield return ("decimal", Everything.Where($"decimal = {row.Decimal}"));
        yield return ("char", Everything.Where($"char = {row.Char}"));
        yield return ("string", Everything.Where($"text = {row.Text}"));
        yield return ("Guid", Everything.Where($"guid = {row.Guid}"));
        yield return ("DateTime", Everything.Where($"date_time = {row.DateTime}"));
        yield return ("DateTimeOffset", Everything.Where($"date_time_offset = {row.DateTimeOffset}"));
        yield return ("DateOnly", Everything.Where($"date = {row.Date}"));
        yield return ("TimeOnly", Everything.Where($"time = {row.Time}"));
        yield return ("TimeSpan", Everything.Where($"duration = {row.Duration}"));
        yield return ("byte[]", Everything.Where($"bytes = {row.Bytes}"));
        yield return ("enum of bytes", Everything.Where($"small = {row.Small}"));
        yield return ("enum of ints", Everything.Where($"plain = {row.Plain}"));
        yield return ("enum of longs", Everything.Where($"wide = {row.Wide}"));
        yield return ("enum of ulongs", Everything.Where($"huge = {row.Huge}"));
    }
}

[Backfill]
internal partial class EachEverything(Script<Everything> script)
{
    public Scope<Everything> Scope() => script.Scope();

    public void ProcessElement(Everything row, Changes<Everything> changes) => script.Element(row, changes);
}
