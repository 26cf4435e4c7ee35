using Drip.Benchmarks.Employees;
using Drip.Benchmarks.Measuring;
using Drip.Benchmarks.Postgres.Worker;
using Drip.Postgres.Data;
using Npgsql;

namespace Drip.Benchmarks.Postgres.Servers;

/// <summary>A database with a table of employees, made once and copied for each contestant.</summary>
internal sealed class EmployeeDatabase : ITemplate
{
    private readonly BenchServer _server;
    private readonly string _name;

    private EmployeeDatabase(BenchServer server, string name) => (_server, _name) = (server, name);

    public static async Task<EmployeeDatabase> MakeAsync(BenchServer server, int rows)
    {
        var name = await server.CreateAsync();
        await MakeTablesOfDripAsync(server.In(name));
        await using var source = NpgsqlDataSource.Create(server.In(name));
        await using var connection = await source.OpenConnectionAsync();
        // Cleaning up in the background would fall to whoever's turn it is; every contestant leaves as many dead rows.
        await ExecuteAsync(connection, """
            CREATE TABLE employees (
              id bigint PRIMARY KEY, name text NOT NULL, department text, role text, age integer NOT NULL, active boolean NOT NULL)
              WITH (autovacuum_enabled = false);
            CREATE TABLE progress (job text PRIMARY KEY, after bigint NOT NULL, epoch bigint NOT NULL);
            """);
        await FillAsync(connection, rows);
        await ExecuteAsync(connection, "VACUUM (FREEZE, ANALYZE) employees");
        return new EmployeeDatabase(server, name);
    }

    public async Task<ICopy> CopyAsync() => new Copy(_server, await _server.CreateAsync(_name));

    // The peers' table of progress is there as well when their turn begins.
    private static async Task MakeTablesOfDripAsync(string address)
    {
        await using var worker = await PostgresWorker.OpenStoreAsync(address);
        await ProgressTables.RequireAsync(worker.Database, CancellationToken.None);
    }

    private static async Task FillAsync(NpgsqlConnection connection, int rows)
    {
        await using var copy = await connection.BeginBinaryImportAsync("COPY employees (id, name, department, age, active) FROM STDIN (FORMAT binary)");
        foreach (var person in Person.Some(rows))
        {
            await copy.StartRowAsync();
            await copy.WriteAsync(person.Id);
            await copy.WriteAsync(person.Name);
            if (person.Department is { } department) await copy.WriteAsync(department);
            else await copy.WriteNullAsync();
            await copy.WriteAsync(person.Age);
            await copy.WriteAsync(person.Active);
        }

        await copy.CompleteAsync();
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
        await command.ExecuteNonQueryAsync();
    }

    private sealed class Copy(BenchServer server, string name) : ICopy
    {
        public string Address => server.In(name);

        public async Task<string> FingerprintAsync()
        {
            await using var source = NpgsqlDataSource.Create(Address);
            await using var command = source.CreateCommand("SELECT md5(string_agg(employees::text, E'\\n' ORDER BY id)) FROM employees");
            return (string)(await command.ExecuteScalarAsync())!;
        }

        public async ValueTask DisposeAsync() => await server.DropAsync(name);
    }
}
