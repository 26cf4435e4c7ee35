namespace Drip.Sqlite.Tests.Harness;

/// <summary>The plain table that most tests of the engine work on. <paramref name="Revision"/> counts the touches.</summary>
[Model("items")]
internal partial record Item(long Id, string Name, int Revision)
{
    public const string Table = "CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT NOT NULL, revision INTEGER NOT NULL DEFAULT 0);";

    /// <summary>The table with rows 1 to <paramref name="rows"/>.</summary>
    public static string TableOf(int rows) => Table + $"""
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows})
        INSERT INTO items (id, name) SELECT i, 'item ' || i FROM n WHERE i <= {rows};
        """;
}

/// <summary>Another table, that jobs over items write to as well.</summary>
[Model("notes")]
internal partial record Note(long Id, string Text)
{
    public const string Table = "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL);";
}

[Backfill]
internal partial class EachItem(Script<Item> script)
{
    public Scope<Item> Scope() => script.Scope();

    public void ProcessElement(Item item, Changes<Item> changes) => script.Element(item, changes);
}

[Backfill]
internal partial class ItemBatches(Script<Item> script)
{
    public Scope<Item> Scope() => script.Scope();

    public Task<int> ProcessBatchAsync(Batch<Item> batch, CancellationToken cancellationToken) => script.Batch(batch, cancellationToken);
}

internal static class ItemScripts
{
    /// <summary>Adds one to the revision of each row, in either form.</summary>
    public static Script<Item> CountTouches(this Script<Item> script)
    {
        script.Element = (item, changes) => changes.Update(item with { Revision = item.Revision + 1 });
        script.Batch = (batch, cancellationToken) => batch.UpdateAsync($"revision = revision + 1", cancellationToken);
        return script;
    }
}
