using Drip.Benchmarks.Postgres.Servers;
using Drip.Benchmarks.Postgres.Worker;
using Drip.Runs;
using Drip.Store;
using Npgsql;

namespace Drip.Benchmarks.Postgres.Claims;

/// <summary>
/// A store with enqueued runs behind as many that are over, made once and copied for each contestant: a store that has been in use is full of
/// runs that are over, and whoever looks for work has to pass them by.
/// </summary>
internal sealed class QueueDatabase
{
    public const string Job = "make-interns";

    private readonly BenchServer _server;
    private readonly string _name;

    private QueueDatabase(BenchServer server, string name, int runs) => (_server, _name, Runs) = (server, name, runs);

    /// <summary>How many runs are enqueued.</summary>
    public int Runs { get; }

    public static async Task<QueueDatabase> MakeAsync(BenchServer server, int runs)
    {
        var name = await server.CreateAsync();
        await using (var store = await PostgresWorker.OpenStoreAsync(server.In(name)))
        {
            var now = DateTimeOffset.UtcNow;
            var run = new Run
            {
                Id = "run-00000000", Job = Job, Status = RunStatus.Enqueued, Options = "{}", BatchSize = 1000, CreatedAt = now, CreatedBy = "bench",
            };
            await store.Value.CreateAsync(run);
        }

        await FillAsync(server.In(name), runs);
        return new QueueDatabase(server, name, runs);
    }

    public Task<string> CopyAsync() => _server.CreateAsync(_name);

    public string In(string copy) => _server.In(copy);

    public Task DropAsync(string copy) => _server.DropAsync(copy);

    // Rows like the one that the store wrote itself, so that nothing here has to know its columns.
    private static async Task FillAsync(string address, int runs)
    {
        await using var connection = new NpgsqlConnection(address + ";Pooling=false;Command Timeout=300");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($$"""
            CREATE TEMP TABLE pattern AS SELECT * FROM drip_run;
            DELETE FROM drip_run;
            INSERT INTO drip_run
            SELECT copy.* FROM generate_series(1, {{runs * 2}}) AS number, pattern, LATERAL jsonb_populate_record(
                NULL::drip_run,
                to_jsonb(pattern) || jsonb_build_object(
                    'id', 'run-' || lpad(number::text, 8, '0'),
                    'options_key', '{"number":' || number || '}',
                    'status', CASE WHEN number <= {{runs}} THEN 'completed' ELSE 'enqueued' END,
                    'finished_at', CASE WHEN number <= {{runs}} THEN to_jsonb(pattern) -> 'created_at' END)) AS copy;
            DROP TABLE pattern;
            VACUUM (FREEZE, ANALYZE) drip_run;
            """, connection);
        // VACUUM cannot be in one transaction with the others.
        foreach (var statement in command.CommandText.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            command.CommandText = statement;
            await command.ExecuteNonQueryAsync();
        }
    }
}
