using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Dapper;
using Drip.Postgres;
using Drip.Runs;
using static Drip.Store.Tests.Samples;

namespace Drip.Store.Tests.Postgres;

/// <summary>How the server finds things in a store that has been used for long. Both ways: planned for the values, and once for all values.</summary>
public sealed class Plans(FilledStore store) : IClassFixture<FilledStore>
{
    public static TheoryData<string> Modes => ["force_custom_plan", "force_generic_plan"];

    [Theory, MemberData(nameof(Modes))]
    public void Taking_walks_the_enqueued_runs_only(string mode)
    {
        using var connection = store.Schema.Connect();
        foreach (var after in (string[])["", "run0100500"])
        {
            var plan = Explain(
                connection, mode, new TakeStatement(store.Database).Sql,
                new("text[]", "{add-role,other}"), new("text", after), new("text", "me"), new("timestamptz", "now"), new("timestamptz", "now"), new("text", "me"), new("bigint", null));

            AssertFoundBy(plan, "drip_run_enqueued", "drip_run_pkey");
            AssertNotSorted(plan);
        }
    }

    [Theory, MemberData(nameof(Modes))]
    public void Looking_for_work_walks_the_unfinished_runs_only(string mode)
    {
        using var connection = store.Schema.Connect();
        using var find = connection.Command(store.Runs.FindWork).Set("@after", "").Set("@limit", 100);

        var plan = Explain(connection, mode, find);

        AssertFoundBy(plan, "drip_run_unfinished");
        AssertNotSorted(plan);
    }

    [Theory, MemberData(nameof(Modes))]
    public void A_run_is_found_by_its_id(string mode)
    {
        using var connection = store.Schema.Connect();
        foreach (var sql in (string[])[store.Runs.Find, store.Runs.FindToChange])
        {
            using var find = connection.Command(sql).Set("@id", "run0000007");
            AssertFoundBy(Explain(connection, mode, find), "drip_run_pkey");
        }
    }

    [Theory, MemberData(nameof(Modes))]
    public void The_live_run_of_a_job_and_its_options_is_found_at_once(string mode)
    {
        using var connection = store.Schema.Connect();
        using var find = connection.Command(store.Runs.FindLive).Set("@job", "add-role").Set("@options_key", "7");

        AssertFoundBy(Explain(connection, mode, find), "drip_run_live");
    }

    // Which way is better here depends on the values, and the server sees that: it does not take the plan for all values.
    [Theory]
    [InlineData("force_custom_plan")]
    [InlineData("auto")]
    public void Listing_walks_the_index_of_what_is_asked_for(string mode)
    {
        using var connection = store.Schema.Connect();
        foreach (var (filter, index) in ((RunFilter, string)[])
        [
            (new RunFilter(), "drip_run_pkey"), (new RunFilter(IdPrefix: "run00501"), "drip_run_pkey"), (new RunFilter(Before: "run0000500"), "drip_run_pkey"),
            (new RunFilter("other"), "drip_run_by_job"), (new RunFilter("other", Before: "run0050000"), "drip_run_by_job"),
            (new RunFilter(Status: RunStatus.Failed), "drip_run_by_status"), (new RunFilter(Status: RunStatus.Failed, Before: "run0050000"), "drip_run_by_status"),
        ])
        {
            using var list = store.Runs.List(connection, filter);
            var plan = Explain(connection, mode, list);

            AssertFoundBy(plan, index);
            AssertNotSorted(plan);
        }
    }

    [Theory, MemberData(nameof(Modes))]
    public void The_batches_of_a_run_are_found_by_it(string mode)
    {
        using var connection = store.Schema.Connect();
        using var list = BatchRows.List(new PostgresStoreDatabase(store.Database), connection, new BatchFilter("run0000007", Before: ABatch(7)));

        AssertFoundBy(Explain(connection, mode, list), "drip_batch_pkey");
    }

    [Theory, MemberData(nameof(Modes))]
    public void The_events_of_a_run_are_found_by_it(string mode)
    {
        using var connection = store.Schema.Connect();
        using var list = new EventRows(new PostgresStoreDatabase(store.Database)).List(connection, "run0000007", 1, 100);

        var plan = Explain(connection, mode, list);

        AssertFoundBy(plan, "drip_event_by_run");
        AssertNotSorted(plan);
    }

    [Theory, MemberData(nameof(Modes))]
    public void Hooks_to_be_called_are_walked_in_their_order(string mode)
    {
        using var connection = store.Schema.Connect();
        var database = new PostgresStoreDatabase(store.Database);
        using var find = connection.Command(new SqlOutbox(database, SqlOutbox.StoreTable).Find).Set(database, "@now", Noon).Set("@limit", 100);

        var plan = Explain(connection, mode, find);

        AssertFoundBy(plan, "drip_outbox_by_time");
        AssertNotSorted(plan);
    }

    private static void AssertFoundBy(Node[] plan, params string[] indexes)
    {
        Assert.DoesNotContain(plan, node => node.Type == "Seq Scan");
        Assert.Equal(indexes.Order(), plan.Select(node => node.Index).OfType<string>().Distinct().Order());
    }

    private static void AssertNotSorted(Node[] plan) => Assert.DoesNotContain(plan, node => node.Type.Contains("Sort", StringComparison.Ordinal));

    private static Node[] Explain(DbConnection connection, string mode, DbCommand command)
    {
        var sql = new StringBuilder(command.CommandText);
        List<Argument> arguments = [];
        // The longest names first: one may begin another.
        foreach (var parameter in command.Parameters.Cast<DbParameter>().OrderByDescending(parameter => parameter.ParameterName.Length))
        {
            arguments.Add(parameter.Value switch
            {
                long number => new Argument("bigint", number.ToString(CultureInfo.InvariantCulture)),
                DateTime time => new Argument("timestamptz", time.ToString("O", CultureInfo.InvariantCulture)),
                var text => new Argument("text", (string?)text),
            });
            sql.Replace(parameter.ParameterName, $"${arguments.Count}");
        }

        return Explain(connection, mode, sql.ToString(), [.. arguments]);
    }

    private static Node[] Explain(DbConnection connection, string mode, string sql, params Argument[] arguments)
    {
        connection.Execute($"SET plan_cache_mode = {mode}; DEALLOCATE ALL; PREPARE asked ({string.Join(", ", arguments.Select(argument => argument.Type))}) AS {sql}");
        var values = arguments.Select(argument => argument.Value is { } value ? $"'{value}'" : "NULL");
        var explain = $"EXPLAIN (FORMAT JSON) EXECUTE asked ({string.Join(", ", values)})";

        // The server makes up its mind at the sixth time.
        for (var time = 1; mode == "auto" && time <= 8; time++) connection.Execute(explain);
        using var plan = JsonDocument.Parse(connection.ExecuteScalar<string>(explain)!);
        return [.. Walk(plan.RootElement[0].GetProperty("Plan"))];
    }

    private static IEnumerable<Node> Walk(JsonElement plan)
    {
        yield return new Node(plan.GetProperty("Node Type").GetString()!, plan.TryGetProperty("Index Name", out var index) ? index.GetString() : null);
        if (!plan.TryGetProperty("Plans", out var inner)) yield break;
        foreach (var node in inner.EnumerateArray().SelectMany(Walk)) yield return node;
    }

    private sealed record Argument(string Type, string? Value);

    private sealed record Node(string Type, string? Index);
}

/// <summary>100,000 runs that are over and 1,000 that wait, with events, batches and hooks.</summary>
public sealed class FilledStore : IAsyncLifetime
{
    private readonly SharedPostgres _server = new();

    internal TestSchema Schema { get; private set; } = null!;

    internal PostgresDatabase Database { get; private set; } = null!;

    internal RunRows Runs { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        Schema = _server.NextSchema();
        Database = Schema.Open();
        Runs = new RunRows(new PostgresStoreDatabase(Database));
        await TestSchema.StoreOn(Database).MigrateAsync();
        Schema.Execute("""
            INSERT INTO drip_run (id, job, status, options, options_key, batch_size, sleep_us, created_at, scanned, processed, batches, active_us, epoch)
            SELECT 'run' || lpad(n::text, 7, '0'), CASE WHEN n % 100 = 0 THEN 'other' ELSE 'add-role' END,
                CASE WHEN n > 100000 THEN 'enqueued' WHEN n % 200 = 0 THEN 'failed' ELSE 'completed' END, '{}', n, 1000, 0, now(), 0, 0, 0, 0, 0
            FROM generate_series(1, 101000) AS n;
            INSERT INTO drip_event (run, at, kind) SELECT id, now(), 'created' FROM drip_run;
            INSERT INTO drip_batch (run, partition, number, status, size, processed, started_at, finished_at)
            SELECT 'run' || lpad(run::text, 7, '0'), partition, number, 'completed', 10, 10, now(), now()
            FROM generate_series(1, 100) AS run, generate_series(0, 3) AS partition, generate_series(1, 100) AS number;
            INSERT INTO drip_outbox (run, hook, partition, number, job, context, at, attempts, due)
            SELECT id, 'AfterRunFailed', 0, 1, job, '{}', now(), 0, now() FROM drip_run ORDER BY id LIMIT 20000;
            ANALYZE drip_run, drip_event, drip_batch, drip_outbox;
            """);
    }

    public async ValueTask DisposeAsync()
    {
        if (Schema is not null) await Schema.DisposeAsync();
        await _server.DisposeAsync();
    }
}
