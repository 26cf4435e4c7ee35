using Drip.Sqlite.Tests.Harness;

namespace Drip.Sqlite.Tests.Scopes;

public sealed class Conditions
{
    public static TheoryData<string> Forms => ["each-item", "item-batches"];

    [Theory, MemberData(nameof(Forms))]
    public async Task Every_condition_must_hold(string form) =>
        await TouchesAsync([4, 6], form, () => Item.Where($"id > {3}").And($"id % 2 = {0}").And($"id < {8}"));

    [Theory, MemberData(nameof(Forms))]
    public async Task An_OR_in_one_condition_does_not_loosen_the_others(string form) =>
        await TouchesAsync([2, 3], form, () => Item.Where($"id = {2} OR id = {3} OR id = {9}").And($"id < {5} OR id > {20}"));

    [Theory, MemberData(nameof(Forms))]
    public async Task A_comment_at_the_end_of_a_fragment_swallows_nothing(string form) =>
        await TouchesAsync([4, 5], form, () => Item.Where($"id > {3} -- the first three are done").And($"id < {6} -- and the rest later"));

    [Theory, MemberData(nameof(Forms))]
    public async Task A_list_becomes_a_parameter_for_each_element(string form)
    {
        long[] ids = [2, 3, 5, 7, 11];

        await TouchesAsync([2, 3, 5, 7], form, () => Item.Where($"id IN ({ids})"));
    }

    [Theory, MemberData(nameof(Forms))]
    public async Task An_empty_list_holds_no_row(string form) =>
        await TouchesAsync([], form, () => Item.Where($"id IN ({Array.Empty<long>()})"));

    [Theory, MemberData(nameof(Forms))]
    public async Task A_list_of_texts_may_hold_anything(string form)
    {
        string[] names = ["item 1", "'); DROP TABLE items; --", "item 2", "\" OR 1=1"];

        await TouchesAsync([1, 2], form, () => Item.Where($"name IN ({names})"));
    }

    [Theory, MemberData(nameof(Forms))]
    public async Task A_text_that_looks_like_SQL_is_only_a_text(string form)
    {
        var name = "x' OR '1' = '1";

        await TouchesAsync([], form, () => Item.Where($"name = {name}"));
    }

    [Fact]
    public async Task A_condition_that_is_not_wanted_is_left_out_and_its_values_are_not_evaluated()
    {
        var evaluated = 0;
        int Value() => ++evaluated;

        await TouchesAsync([4, 5, 6, 7, 8, 9, 10], "each-item", () => Item.Where($"id > {3}").AndIf(false, $"id < {Value()}"));
        Assert.Equal(0, evaluated);
        await TouchesAsync([], "each-item", () => Item.Where($"id > {3}").AndIf(true, $"id < {Value()}"));
        Assert.Equal(1, evaluated);
    }

    [Fact]
    public async Task The_scope_is_asked_for_once_in_a_run()
    {
        var asked = 0;

        await TouchesAsync([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], "each-item", () =>
        {
            asked++;
            return Item.All;
        });

        Assert.Equal(1, asked);
    }

    [Theory, MemberData(nameof(Forms))]
    public async Task A_SELECT_stands_for_the_table(string form) =>
        await TouchesAsync([2, 4, 6], form, () => Scope<Item>.Sql($"SELECT i.* FROM items AS i JOIN wanted AS w ON w.item = i.id WHERE w.weight > {1}").And($"id < {8}"));

    [Theory, MemberData(nameof(Forms))]
    public async Task A_SELECT_may_compute_a_column(string form) =>
        await TouchesAsync([9, 10], form, () => Scope<Item>.Sql($"SELECT id, upper(name) AS name, revision FROM items").And($"name IN ('ITEM 9', {"ITEM 10"})"));

    [Fact]
    public async Task A_batch_of_a_SELECT_deletes_its_own_rows_only()
    {
        await using var bench = Lay();
        var script = bench.Script<Item>();
        script.Scope = () => Scope<Item>.Sql($"SELECT i.* FROM items AS i JOIN wanted AS w ON w.item = i.id");
        script.Batch = (batch, cancellationToken) => batch.DeleteAsync(cancellationToken);

        var run = await bench.RunAsync("item-batches", batchSize: 2, limit: 4);

        Assert.Equal((4, 4), (run.Counters.Scanned, run.Counters.Processed));
        Assert.Equal([1, 3, 5, 7, 9, 10], bench.List<long>("SELECT id FROM items ORDER BY id"));
    }

    private static Workbench Lay() => new(Item.TableOf(10) + "CREATE TABLE wanted (item INTEGER, weight INTEGER); INSERT INTO wanted VALUES (2, 2), (4, 3), (6, 9), (8, 2);");

    private static async Task TouchesAsync(long[] expected, string form, Func<Scope<Item>> scope)
    {
        await using var bench = Lay();
        bench.Script<Item>().CountTouches().Scope = scope;

        var run = await bench.RunAsync(form, batchSize: 2);

        Assert.Null(run.Error);
        Assert.Equal(0, bench.Ask<long>("SELECT count(*) FROM items WHERE revision > 1"));
        Assert.Equal(expected, bench.List<long>("SELECT id FROM items WHERE revision = 1 ORDER BY id"));
    }
}
