using Drip.Generated;
using Drip.Jobs;
using Drip.Producers.Versions;
using Drip.Sqlite.Data;
using Drip.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace Drip.Sqlite.Versions;

/// <summary>The rows of runs, and of the models that each was written with.</summary>
internal static class RunRows
{
    private const string Select = """
        SELECT run.id, run.name, run.producer, parent.name, run.parent_version, run.begun_at, run.ended_at, run.outcome, run.parent,
          (SELECT max(number) FROM drip_version WHERE run = run.id)
        FROM drip_version_run AS run LEFT JOIN drip_version_run AS parent ON parent.id = run.parent
        """;

    /// <summary>All runs, the oldest first.</summary>
    public static List<VersionRun> List(SqliteConnection connection)
    {
        var runs = new List<VersionRun>();
        using var list = new Statement(connection, Select + " ORDER BY run.id");
        while (list.Step()) runs.Add(Read(list).Run);
        return runs;
    }

    /// <summary>A run by its name; null if there is none.</summary>
    public static RunRow? Find(SqliteConnection connection, string name)
    {
        using var find = new Statement(connection, Select + " WHERE run.name = ?1");
        SqliteValue.Bind(find.Handle, 1, name);
        return find.Step() ? Read(find) : null;
    }

    /// <summary>A run by its number; null if there is none.</summary>
    public static RunRow? Find(SqliteConnection connection, long id)
    {
        using var find = new Statement(connection, Select + " WHERE run.id = ?1");
        SqliteApi.BindInt64(find.Handle, 1, id);
        return find.Step() ? Read(find) : null;
    }

    /// <summary>The name that a person may have meant; null if none is near.</summary>
    public static string? Nearest(SqliteConnection connection, string name) => NearestName.Find(name, List(connection).Select(run => run.Run));

    /// <summary>Writes a run that begins, with its models; returns its number.</summary>
    public static long Add(SqliteConnection connection, NewVersionLog run, long? parent)
    {
        using (var add = new Statement(connection,
            "INSERT INTO drip_version_run (name, producer, parent, parent_version, begun_at, indexed) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"))
        {
            SqliteValue.Bind(add.Handle, 1, run.Run);
            SqliteValue.Bind(add.Handle, 2, run.Plan.Name);
            SqliteValue.Bind(add.Handle, 3, (object?)parent);
            SqliteValue.Bind(add.Handle, 4, (object?)run.Parent?.Version);
            SqliteApi.BindInt64(add.Handle, 5, run.Time.GetUtcNow().UtcTicks);
            SqliteApi.BindInt64(add.Handle, 6, run.Parent?.Version ?? -1);
            add.Execute();
        }

        var id = Find(connection, run.Run)!.Id;
        using var model = new Statement(connection, "INSERT INTO drip_version_model (run, model, name) VALUES (?1, ?2, ?3)");
        using var column = new Statement(connection, "INSERT INTO drip_version_column (run, model, ordinal, name, type) VALUES (?1, ?2, ?3, ?4, ?5)");
        var models = new ProducerModels(run.Plan).All;
        for (var index = 0; index < models.Count; index++) Add(model, column, id, index, models[index]);
        return id;
    }

    private static void Add(Statement model, Statement column, long run, int index, ModelPlan plan)
    {
        SqliteApi.BindInt64(model.Handle, 1, run);
        SqliteApi.BindInt64(model.Handle, 2, index);
        SqliteValue.Bind(model.Handle, 3, plan.Name);
        model.Execute();
        for (var ordinal = 0; ordinal < plan.Schema.Columns.Count; ordinal++)
        {
            SqliteApi.BindInt64(column.Handle, 1, run);
            SqliteApi.BindInt64(column.Handle, 2, index);
            SqliteApi.BindInt64(column.Handle, 3, ordinal);
            SqliteValue.Bind(column.Handle, 4, plan.Schema.Columns[ordinal].Name);
            SqliteValue.Bind(column.Handle, 5, plan.Schema.Columns[ordinal].Type.ToString());
            column.Execute();
        }
    }

    private static RunRow Read(Statement statement)
    {
        var row = new SqliteRowReader(statement.Handle);
        var parent = row.IsNull(3) ? null : new VersionOrigin(row.GetString(3), row.GetInt64(4));
        var versions = row.IsNull(9) ? (parent?.Version ?? -1) + 1 : row.GetInt64(9) + 1;
        return new RunRow(row.GetInt64(0), row.IsNull(8) ? null : row.GetInt64(8), new VersionRun(
            row.GetString(1), row.GetString(2), parent, versions, At(row.GetInt64(5)), row.IsNull(6) ? null : At(row.GetInt64(6)),
            row.IsNull(7) ? null : (StepOutcome)row.GetInt64(7)));
    }

    /// <summary>A moment as it is stored.</summary>
    public static DateTimeOffset At(long ticks) => ticks >= 0 && ticks <= DateTimeOffset.MaxValue.Ticks
        ? new DateTimeOffset(ticks, TimeSpan.Zero)
        : throw new InvalidDataException("A moment is none.");
}
