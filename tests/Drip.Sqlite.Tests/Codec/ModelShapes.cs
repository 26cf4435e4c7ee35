using System.Text.Json.Serialization;
using Drip.Sqlite.Tests.Harness;

namespace Drip.Sqlite.Tests.Codec;

[Model("shapes")]
internal partial record struct StructShape(long Id, string Name, int? Size);

[Model("shapes")]
internal partial class ClassShape
{
    public long Id { get; init; }

    public required string Name { get; set; }

    public int? Size { get; set; }
}

[Model("shapes")]
internal partial record MixedShape(long Id, string Name)
{
    public int? Size { get; init; }
}

internal sealed record Address(string Street, string[] Lines);

internal readonly record struct Point(int X, int Y);

[Model("documents")]
internal partial record Document(
    long Id,
    [property: Json(typeof(DocumentJson))] Address Address,
    [property: Json(typeof(DocumentJson))] Address? Second,
    [property: Json(typeof(DocumentJson))] Point Place,
    [property: Json(typeof(DocumentJson))] Point? Other)
{
    public const string Table = "CREATE TABLE documents (id INTEGER PRIMARY KEY, address, second, place, other);";
}

[JsonSerializable(typeof(Address)), JsonSerializable(typeof(Point))]
internal sealed partial class DocumentJson : JsonSerializerContext;

[Backfill]
internal partial class EachStructShape(Script<StructShape> script)
{
    public Scope<StructShape> Scope() => script.Scope();

    public void ProcessElement(StructShape row, Changes<StructShape> changes) => script.Element(row, changes);
}

[Backfill]
internal partial class EachClassShape(Script<ClassShape> script)
{
    public Scope<ClassShape> Scope() => script.Scope();

    public void ProcessElement(ClassShape row, Changes<ClassShape> changes) => script.Element(row, changes);
}

[Backfill]
internal partial class EachMixedShape(Script<MixedShape> script)
{
    public Scope<MixedShape> Scope() => script.Scope();

    public void ProcessElement(MixedShape row, Changes<MixedShape> changes) => script.Element(row, changes);
}

[Backfill]
internal partial class EachDocument(Script<Document> script)
{
    public Scope<Document> Scope() => script.Scope();

    public void ProcessElement(Document row, Changes<Document> changes) => script.Element(row, changes);
}

public sealed class ModelShapes
{
    private const string Shapes = "CREATE TABLE shapes (id INTEGER PRIMARY KEY, name TEXT NOT NULL, size INTEGER); INSERT INTO shapes VALUES (1, 'a', NULL), (2, 'b', 5);";

    [Fact]
    public async Task A_record_struct_is_read_and_written()
    {
        await using var bench = new Workbench(Shapes);
        bench.Script<StructShape>().Element = (row, changes) => changes.Update(row with { Name = row.Name + "!", Size = row.Size + 1 });

        await bench.RunAsync("each-struct-shape");

        Assert.Equal([("a!", null), ("b!", 6)], bench.List<(string, int?)>("SELECT name, size FROM shapes ORDER BY id"));
    }

    [Fact]
    public async Task A_class_that_is_changed_in_place_is_compared_with_what_was_read()
    {
        await using var bench = new Workbench(Shapes + "CREATE TABLE log (columns); CREATE TRIGGER named AFTER UPDATE OF name ON shapes BEGIN INSERT INTO log VALUES ('name'); END; CREATE TRIGGER sized AFTER UPDATE OF size ON shapes BEGIN INSERT INTO log VALUES ('size'); END;");
        bench.Script<ClassShape>().Element = (row, changes) =>
        {
            if (row.Id == 2) row.Size = 6;
            changes.Update(row);
        };

        await bench.RunAsync("each-class-shape");

        Assert.Equal(["size"], bench.List<string>("SELECT columns FROM log"));
        Assert.Equal([null, 6], bench.List<int?>("SELECT size FROM shapes ORDER BY id"));
    }

    [Fact]
    public async Task A_record_with_parameters_and_properties_is_read_and_written()
    {
        await using var bench = new Workbench(Shapes);
        bench.Script<MixedShape>().Element = (row, changes) => changes.Update(row with { Size = (row.Size ?? 0) + 1 });

        await bench.RunAsync("each-mixed-shape");

        Assert.Equal([("a", 1), ("b", 6)], bench.List<(string, int)>("SELECT name, size FROM shapes ORDER BY id"));
    }

    [Fact]
    public async Task JSON_columns_are_read_written_and_compared_by_what_they_hold()
    {
        await using var bench = new Workbench(Document.Table + """
            INSERT INTO documents VALUES
              (1, '{"Street":"Main","Lines":["a","b"]}', NULL, '{"X":1,"Y":2}', NULL),
              (2, '{ "Street" : "Side", "Lines" : [] }', 'null', '{"X":3,"Y":4}', '{"X":5,"Y":6}');
            """);
        var read = new List<Document>();
        bench.Script<Document>().Element = (row, changes) =>
        {
            read.Add(row);
            // The first row gets an equal address of another object, which is no change.
            changes.Update(row.Id == 1 ? row with { Address = new Address("Main", ["a", "b"]) } : row with { Second = new Address("New", ["c"]), Other = null });
        };

        var run = await bench.RunAsync("each-document");

        Assert.Null(run.Error);
        Assert.Equal(["a", "b"], read[0].Address.Lines);
        Assert.Equal((null, new Point(1, 2), null), (read[0].Second, read[0].Place, read[0].Other));
        Assert.Equal((null, new Point(5, 6)), (read[1].Second, read[1].Other));
        Assert.Equal(
            ["{\"Street\":\"Main\",\"Lines\":[\"a\",\"b\"]}", "{ \"Street\" : \"Side\", \"Lines\" : [] }"],
            bench.List<string>("SELECT address FROM documents ORDER BY id"));
        Assert.Equal(["NULL", "'{\"Street\":\"New\",\"Lines\":[\"c\"]}'"], bench.List<string>("SELECT quote(second) FROM documents ORDER BY id"));
        Assert.Equal(0, bench.Ask<long>("SELECT count(other) FROM documents"));
    }

    [Theory]
    [InlineData("'not json'", "holds text that is not valid JSON")]
    [InlineData("'null'", "holds the JSON text 'null'")]
    public async Task JSON_that_cannot_be_read_names_the_row(string json, string problem)
    {
        await using var bench = new Workbench(Document.Table + $"INSERT INTO documents VALUES (7, {json}, NULL, '{{}}', NULL)");
        bench.Script<Document>();

        var run = await bench.RunAsync("each-document");

        Assert.Contains($"documents.address {problem}", run.Error!.Message);
        Assert.Contains("id = 7", run.Error.Message);
    }
}
