using Drip.Generators.Tests.Harness;

namespace Drip.Generators.Tests.Models;

/// <summary>Generated codecs, loaded and run.</summary>
public sealed class CodecTests
{
    private const string Rows = """
        namespace Shop;

        public static class Rows
        {
            public static Everything Full => new(
                1, true, true, -1, -1, 2, 2, -3, -3, 4, 4, -5, -5, 6, 6, -7, -7, ulong.MaxValue, 8, 1.5f, 1.5f, 2.5, 2.5, 3.5m, 3.5m,
                'a', 'b', "text", "text", Guid.Parse("11111111-1111-1111-1111-111111111111"), Guid.Empty,
                new DateTime(2030, 1, 15), new DateTime(2030, 1, 16), new DateTimeOffset(2030, 1, 15, 1, 2, 3, TimeSpan.FromHours(2)),
                DateTimeOffset.UnixEpoch, new DateOnly(2030, 1, 15), new DateOnly(2030, 1, 16), new TimeOnly(1, 2), new TimeOnly(3, 4),
                TimeSpan.FromHours(1), TimeSpan.Zero, new byte[] { 1 }, new byte[] { 2 }, Level.High, Level.Low, Mask.All, Mask.None,
                new Address("Calle"), new Address("Rue"), Level.High, Level.Low);

            public static Everything Empty => Full with
            {
                BoolOrNull = null, SByteOrNull = null, ByteOrNull = null, ShortOrNull = null, UShortOrNull = null, IntOrNull = null,
                UIntOrNull = null, LongOrNull = null, ULongOrNull = null, FloatOrNull = null, DoubleOrNull = null, DecimalOrNull = null,
                CharOrNull = null, StringOrNull = null, GuidOrNull = null, DateTimeOrNull = null, DateTimeOffsetOrNull = null,
                DateOnlyOrNull = null, TimeOnlyOrNull = null, TimeSpanOrNull = null, BytesOrNull = null, LevelOrNull = null,
                MaskOrNull = null, AddressOrNull = null, LevelJsonOrNull = null,
            };
        }
        """;

    private static readonly Loaded s_output = Loaded.Of(TestSources.Everything, Rows);

    private static Type Row => s_output.Type("Shop.Everything");

    [Theory]
    [InlineData("Full")]
    [InlineData("Empty")]
    public void A_row_that_was_written_is_read_back_alike(string name)
    {
        var row = s_output.Static("Shop.Rows", name);
        var again = Read((object?[])Codec(nameof(Cells.Write), row)!);
        Assert.Empty((string[])Codec(nameof(Cells.Diff), row, again)!);
    }

    [Fact]
    public void Exactly_the_columns_that_differ_are_named()
    {
        var differing = (string[])Codec(nameof(Cells.Diff), s_output.Static("Shop.Rows", "Full"), s_output.Static("Shop.Rows", "Empty"))!;
        Assert.Equal(25, differing.Length);
        Assert.All(differing, static name => Assert.EndsWith("_or_null", name, StringComparison.Ordinal));
    }

    [Fact]
    public void A_JSON_null_in_a_column_that_is_not_nullable_names_the_column()
    {
        var error = Assert.Throws<ColumnException>(() => Read(WithJson("address", "null")));
        Assert.Equal(("the JSON text 'null'", 47), (error.Problem, error.Ordinal));
    }

    [Fact]
    public void A_JSON_null_in_a_nullable_column_is_null()
    {
        var row = Read(WithJson("address_or_null", "null"));
        Assert.Null(Row.GetProperty("AddressOrNull")!.GetValue(row));
    }

    [Fact]
    public void Text_that_is_not_JSON_names_the_column()
    {
        var error = Assert.Throws<ColumnException>(() => Read(WithJson("address_or_null", "{")));
        Assert.Equal(48, error.Ordinal);
    }

    [Fact]
    public void Only_the_columns_that_are_asked_for_are_written()
    {
        var columns = default(ColumnSet);
        columns.Add(27);
        var values = (object?[])Loaded.Call(typeof(CodecTests), nameof(WriteSome), [Row], s_output.Static("Shop.Rows", "Full"), columns)!;
        Assert.Equal(["text"], values.OfType<object>());
    }

    [Fact]
    public void The_copy_of_a_row_with_bytes_has_bytes_of_its_own()
    {
        var row = s_output.Static("Shop.Rows", "Full");
        var copy = Codec(nameof(Cells.Copy), row)!;
        ((byte[])Row.GetProperty("Bytes")!.GetValue(row)!)[0] = 9;
        Assert.Equal(["bytes"], (string[])Codec(nameof(Cells.Diff), row, copy)!);
    }

    [Fact]
    public void A_key_is_written_at_its_columns_and_shown_in_key_order()
    {
        var output = Loaded.Of("""
            namespace Shop;

            [Model]
            public partial record Stock([Key(1)] int Product, [Key(0)] string Region, int Amount)
            {
                public static Stock One => new(7, "eu", 3);
                public static Stock Other => new(7, "us", 3);
            }
            """);
        Type[] stock = [output.Type("Shop.Stock")];
        var one = output.Static("Shop.Stock", "One");
        Assert.Equal([7L, "eu", null], (object?[])Loaded.Call(typeof(Cells), nameof(Cells.WriteKey), stock, one)!);
        Assert.Equal("(eu, 7)", Loaded.Call(typeof(Cells), nameof(Cells.KeyOf), stock, one));
        Assert.Equal(true, Loaded.Call(typeof(Cells), nameof(Cells.SameKey), stock, one, output.Static("Shop.Stock", "One")));
        Assert.Equal(false, Loaded.Call(typeof(Cells), nameof(Cells.SameKey), stock, one, output.Static("Shop.Stock", "Other")));
    }

    public static object?[] WriteSome<T>(T row, ColumnSet columns) where T : IModel<T> => Cells.Write(row, columns);

    private static object? Codec(string method, params object?[] arguments) =>
        Loaded.Call(typeof(CodecTests), method + "Row", [Row], arguments);

    private static object Read(object?[] cells) => Codec(nameof(Cells.Read), [cells])!;

    public static object?[] WriteRow<T>(T row) where T : IModel<T> => Cells.Write(row);

    public static T ReadRow<T>(object?[] values) where T : IModel<T> => Cells.Read<T>(values);

    public static string[] DiffRow<T>(T before, T after) where T : IModel<T> => Cells.Diff(before, after);

    public static T CopyRow<T>(T row) where T : IModel<T> => Cells.Copy(row);

    private static object?[] WithJson(string column, string text)
    {
        var values = (object?[])Codec(nameof(Cells.Write), s_output.Static("Shop.Rows", "Full"))!;
        var schema = (ModelSchema)Loaded.Call(typeof(Cells), nameof(Cells.Schema), [Row])!;
        values[schema.Columns.Select(static candidate => candidate.Name).ToList().IndexOf(column)] = text;
        return values;
    }
}
