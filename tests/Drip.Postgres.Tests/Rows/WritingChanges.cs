using Drip.Postgres.Tests.Harness;

namespace Drip.Postgres.Tests.Rows;

[Model("parts")]
internal partial record Part([Key(0)] string Place, [Key(1)] int Number, string? Label, int Amount, int Code)
{
    public const string Table = "CREATE TABLE parts (place text, number int, label text, amount int NOT NULL, code int NOT NULL, PRIMARY KEY (place, number));";
}

[Backfill]
internal partial class PartBatches(Script<Part> script)
{
    public Scope<Part> Scope() => script.Scope();

    public void ProcessBatch(Batch<Part> batch, Changes<Part> changes)
    {
        foreach (var part in batch.Rows) script.Element(part, changes);
    }
}

public sealed class WritingChanges
{
    [Theory]
    [InlineData("")]
    [InlineData("ALTER TABLE parts ADD UNIQUE (code);")]
    [InlineData("CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN coalesce(NEW, OLD); END'; CREATE TRIGGER each BEFORE INSERT OR UPDATE OR DELETE ON parts FOR EACH ROW EXECUTE FUNCTION nothing();")]
    public async Task Changes_of_all_kinds_give_what_writing_one_by_one_gives(string extra)
    {
        for (var seed = 1; seed <= 12; seed++)
        {
            await using var bench = await Bench.CreateAsync(Part.Table + extra + "INSERT INTO parts SELECT chr(97 + n / 10), n % 10, 'label ' || n, n, n FROM generate_series(0, 59) n");
            var random = new Random(seed);
            var model = (await bench.ListAsync<Part>("SELECT place, number, label, amount, code FROM parts")).ToDictionary(part => (part.Place, part.Number));
            var code = 1000;
            bench.Script<Part>().Element = (part, changes) =>
            {
                for (var i = random.Next(4); i > 0; i--)
                {
                    var key = random.Next(3) == 0 ? (part.Place, part.Number) : (((char)('a' + random.Next(7))).ToString(), random.Next(12));
                    var there = model.TryGetValue(key, out var now);
                    switch (random.Next(there ? 6 : 1), there)
                    {
                        case (_, false): changes.Insert(model[key] = new Part(key.Item1, key.Item2, null, i, ++code)); break;
                        case (0, _): changes.Update(model[key] = now! with { Label = $"new {i} '\"{{}}" }); break;
                        case (1, _): changes.Update(model[key] = now! with { Label = null, Amount = random.Next(100) }); break;
                        case (2, _): changes.Update(model[key] = now! with { Code = ++code }); break;
                        case (3, _): changes.Delete(now!); model.Remove(key); break;
                        case (4, _): changes.Delete(Key.Of(key.Item1, key.Item2)); model.Remove(key); break;
                        default:
                            changes.Update(Key.Of(key.Item1, key.Item2), $"amount = amount + {i}, label = {(i == 1 ? null : "set")}");
                            model[key] = now! with { Amount = now.Amount + i, Label = i == 1 ? null : "set" };
                            break;
                    }
                }
            };

            await bench.CompleteAsync("part-batches", batchSize: 1000);

            Assert.Equal(model.Values.Select(part => part.ToString()).Order(), (await bench.ListAsync<Part>("SELECT place, number, label, amount, code FROM parts")).Select(part => part.ToString()).Order());
        }
    }

    [Fact]
    public async Task Rows_that_pass_a_unique_value_on_are_written_in_their_order()
    {
        await using var bench = await Bench.CreateAsync(Part.Table + "ALTER TABLE parts ADD UNIQUE (code); INSERT INTO parts SELECT 'a', n, NULL, 0, n FROM generate_series(50, 1, -1) n");
        bench.Script<Part>().Element = (_, _) => { };
        bench.Script<Part>().Scope = () => Part.Where($"number = 1");
        bench.Script<Part>().Element = (_, changes) =>
        {
            for (var n = 50; n >= 1; n--) changes.Update(new Part("a", n, "moved", 0, n + 1));
        };

        await bench.CompleteAsync("part-batches");

        Assert.Equal(50, await bench.AskAsync<int>("SELECT count(*) FROM parts WHERE code = number + 1"));
    }

    [Fact]
    public async Task An_insert_without_a_key_takes_the_next_number()
    {
        await using var bench = await Bench.CreateAsync(Item.TableOf(3) + Note.Table);
        bench.Script<Item>().Element = (item, changes) => changes.Insert(new Item(0, $"of {item.Id}", 7));
        bench.Script<Item>().Scope = () => Item.Where($"revision = 0");

        await bench.CompleteAsync("each-item");

        Assert.Equal("4 of 1, 5 of 2, 6 of 3", await bench.AskAsync<string>("SELECT string_agg(id || ' ' || name, ', ' ORDER BY id) FROM items WHERE revision = 7"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_change_of_a_row_that_is_not_there_names_it(bool delete)
    {
        await using var bench = await Bench.CreateAsync(Item.TableOf(9));
        bench.Script<Item>().Element = (item, changes) =>
        {
            if (item.Id != 5) changes.Update(item with { Revision = 1 });
            else if (delete) changes.Delete(55L);
            else changes.Update(item with { Id = 55 });
        };

        var run = await bench.RunAsync("each-item");

        Assert.Contains("items has no row with the key 55 to change", run.Error!.Message);
        Assert.Equal("1 2 3 4 6 7 8 9", await bench.AskAsync<string>("SELECT string_agg(id::text, ' ' ORDER BY id) FROM items WHERE revision = 1"));
    }

    [Fact]
    public async Task Of_two_keys_that_are_one_to_the_database_the_later_change_counts()
    {
        await using var bench = await Bench.CreateAsync("""
            CREATE COLLATION loose (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
            CREATE TABLE parts (place text COLLATE loose, number int, label text, amount int NOT NULL, code int NOT NULL, PRIMARY KEY (place, number));
            INSERT INTO parts VALUES ('a', 1, NULL, 0, 0), ('b', 1, NULL, 0, 0);
            """);
        bench.Script<Part>().Scope = () => Part.Where($"place = 'b'");
        bench.Script<Part>().Element = (_, changes) =>
        {
            changes.Update(new Part("a", 1, "first", 1, 1));
            changes.Update(new Part("A", 1, "second", 2, 2));
        };

        await bench.CompleteAsync("part-batches");

        Assert.Equal("a second 2 2", await bench.AskAsync<string>("SELECT concat_ws(' ', place, label, amount, code) FROM parts WHERE place = 'a'"));
    }

    [Fact]
    public async Task Only_what_differs_is_written()
    {
        await using var bench = await Bench.CreateAsync(Item.TableOf(3) + """
            CREATE TABLE log (columns text);
            CREATE FUNCTION log() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO log VALUES (TG_ARGV[0]); RETURN NEW; END $$;
            CREATE TRIGGER named AFTER UPDATE OF name ON items FOR EACH ROW EXECUTE FUNCTION log('name');
            CREATE TRIGGER revised AFTER UPDATE OF revision ON items FOR EACH ROW EXECUTE FUNCTION log('revision');
            """);
        bench.Script<Item>().Element = (item, changes) => changes.Update(item.Id == 2 ? item with { Name = "x" } : item);
        await bench.CompleteAsync("each-item");
        Assert.Equal("name", await bench.AskAsync<string>("SELECT string_agg(columns, ' ') FROM log"));
    }
}
