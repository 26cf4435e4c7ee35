namespace Drip.Sqlite.Tests.Codec;

/// <summary>Rows that a job writes, or that it has read.</summary>
internal sealed class Rows<T> : List<T>;

/// <summary>One row, for jobs that only write.</summary>
[Model("start")]
internal partial record Start(long Id)
{
    public const string Table = "CREATE TABLE start (id INTEGER PRIMARY KEY); INSERT INTO start VALUES (1);";
}

[Backfill]
internal partial class WriteEverything(Rows<Everything> rows)
{
    public Scope<Start> Scope() => Start.All;

    public void ProcessBatch(Batch<Start> batch, Changes<Everything> changes) => rows.ForEach(changes.Insert);
}

[Backfill]
internal partial class ReadEverything(Rows<Everything> rows)
{
    public Scope<Everything> Scope() => Everything.All;

    public void ProcessElement(Everything row) => rows.Add(row);
}

[Backfill]
internal partial class WriteOptionals(Rows<Optionals> rows)
{
    public Scope<Start> Scope() => Start.All;

    public void ProcessBatch(Batch<Start> batch, Changes<Optionals> changes) => rows.ForEach(changes.Insert);
}

[Backfill]
internal partial class ReadOptionals(Rows<Optionals> rows)
{
    public Scope<Optionals> Scope() => Optionals.All;

    public void ProcessElement(Optionals row) => rows.Add(row);
}
