using System.Net;
using System.Net.Sockets;
using Drip.Servers;
using Npgsql;

namespace Drip.Postgres.Tests.Errors;

/// <summary>Errors as a server gives them.</summary>
public sealed class Provoked
{
    [Fact]
    public async Task Two_transactions_that_wait_for_each_other()
    {
        await using var bench = await TwoRowsAsync();
        await using var one = await bench.BeginAsync("UPDATE t SET v = 1 WHERE id = 1");
        await using var two = await bench.BeginAsync("UPDATE t SET v = 2 WHERE id = 2");

        var both = await Task.WhenAll(FailAsync(() => one.ExecuteAsync("UPDATE t SET v = 1 WHERE id = 2")), FailAsync(() => two.ExecuteAsync("UPDATE t SET v = 2 WHERE id = 1")));

        bench.AssertExplained(Assert.Single(both.OfType<Exception>()), DripErrorKind.Busy, "deadlock");
    }

    [Fact]
    public async Task A_transaction_that_cannot_be_put_into_an_order_with_another()
    {
        await using var bench = await TwoRowsAsync();
        await using var one = await bench.BeginAsync("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; SELECT * FROM t");
        await bench.Server.ExecuteAsync("UPDATE t SET v = 9");

        bench.AssertExplained(await FailAsync(() => one.ExecuteAsync("UPDATE t SET v = 1")), DripErrorKind.Busy, "serialization-failure");
    }

    [Fact]
    public async Task A_lock_that_another_program_holds()
    {
        await using var bench = await TwoRowsAsync();
        await using var other = await bench.BeginAsync("UPDATE t SET v = 1");

        await bench.AssertFailsAsync("SET lock_timeout = 50; UPDATE t SET v = 2", DripErrorKind.Busy, "lock-timeout");
        await bench.AssertFailsAsync("SELECT * FROM t FOR UPDATE NOWAIT", DripErrorKind.Busy, "lock-timeout");
    }

    [Fact]
    public async Task A_statement_that_takes_too_long_or_is_cancelled_by_the_caller()
    {
        await using var bench = await TwoRowsAsync();
        await bench.AssertFailsAsync("SET statement_timeout = 50; SELECT pg_sleep(600)", DripErrorKind.Busy, "statement-timeout");

        await using var connection = await bench.Database.OpenAsync(default);
        await using var sleep = new NpgsqlCommand("SELECT pg_sleep(600)", connection);
        using var cancel = new CancellationTokenSource();
        var sleeping = sleep.ExecuteNonQueryAsync(cancel.Token);
        cancel.Cancel();
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sleeping);
        Assert.Null(bench.Database.Explain(error));
    }

    [Theory]
    [InlineData("SET transaction_read_only = on; UPDATE t SET v = 1", DripErrorKind.Paused, "database-read-only")]
    [InlineData("SELECT * FROM missing", DripErrorKind.Usage, "missing-table")]
    [InlineData("SELECT * FROM drip_run", DripErrorKind.Schema, "store-not-migrated")]
    [InlineData("SELECT nothing FROM t", DripErrorKind.Usage, "missing-column")]
    [InlineData("SELECT FROM WHERE", DripErrorKind.Usage, "bad-sql")]
    [InlineData("SELECT no_such_function(1)", DripErrorKind.Usage, "bad-sql")]
    [InlineData("SET ROLE pg_monitor; SELECT * FROM t", DripErrorKind.Store, "not-allowed")]
    [InlineData("BEGIN; DO $$ BEGIN RAISE 'no' USING ERRCODE = '53100'; END $$", DripErrorKind.Paused, "disk-full")]
    public async Task A_statement_that_fails_says_why(string sql, DripErrorKind kind, string code)
    {
        await using var bench = await TwoRowsAsync();
        await bench.AssertFailsAsync(sql, kind, code);
    }

    [Theory]
    [InlineData("INSERT INTO t VALUES (1, 1)")]
    [InlineData("INSERT INTO t VALUES (NULL, 1)")]
    [InlineData("UPDATE t SET v = 3000000000")]
    [InlineData("UPDATE t SET v = 1 / 0")]
    [InlineData("DO $$ BEGIN RAISE 'this row is not good'; END $$")]
    public async Task What_a_row_is_to_blame_for_is_not_explained_so_that_the_row_is_looked_for(string sql)
    {
        await using var bench = await TwoRowsAsync();
        await using var session = await bench.BeginAsync("SELECT 1");
        Assert.Null(bench.Database.Explain(await FailAsync(() => session.ExecuteAsync(sql)) ?? throw new InvalidOperationException("It did not fail.")));

        bench.AssertExplained(await FailAsync(() => session.ExecuteAsync("SELECT 1")), DripErrorKind.RunFailed, "transaction-ended");
    }

    [Fact]
    public async Task A_session_that_is_ended_by_an_administrator()
    {
        await using var bench = await TwoRowsAsync();
        await using var session = await bench.BeginAsync("UPDATE t SET v = 1");
        await bench.Server.ExecuteAsync($"SELECT pg_terminate_backend({session.ProcessId})");

        bench.AssertExplained(await FailAsync(() => session.ExecuteAsync("SELECT 1")), DripErrorKind.Busy, "connection-lost");
    }

    [Fact]
    public async Task A_transaction_on_which_nothing_was_said_for_too_long()
    {
        await using var bench = await TwoRowsAsync();
        await using var session = await bench.BeginAsync("SET idle_in_transaction_session_timeout = 50; SELECT 1");
        while (await bench.Server.ScalarAsync<long>($"SELECT count(*) FROM pg_stat_activity WHERE pid = {session.ProcessId}") > 0) await Task.Yield();

        bench.AssertExplained(await FailAsync(() => session.ExecuteAsync("SELECT 1")), DripErrorKind.Busy, "connection-lost");
    }

    [Fact]
    public async Task A_pool_whose_connections_are_all_in_use()
    {
        await using var server = await TestPostgres.CreateAsync();
        await using var database = new PostgresDatabase(new NpgsqlConnectionStringBuilder(server.ConnectionString) { MaxPoolSize = 1, Timeout = 1 }.ConnectionString);
        await using var only = await database.OpenAsync(default);

        var error = await FailAsync(async () => await database.OpenAsync(default));

        Assert.Equal((DripErrorKind.Busy, "pool-exhausted"), (database.Explain(error!)?.Kind, database.Explain(error!)?.Code));
    }

    [Theory]
    [InlineData("Database=there_is_none", DripErrorKind.Store, "database-missing")]
    [InlineData("Username=nobody_of_this_name", DripErrorKind.Store, "login-refused")]
    [InlineData("Host=no.such.host.invalid", DripErrorKind.Store, "unknown-host")]
    [InlineData("SSL Mode=Require", DripErrorKind.Store, "no-secure-connection")]
    public async Task A_connection_that_cannot_be_made(string changed, DripErrorKind kind, string code)
    {
        await using var database = new PostgresDatabase(TestPostgres.Server + ";" + changed);

        var explained = database.Explain((await FailAsync(async () => await database.OpenAsync(default)))!);

        Assert.Equal((kind, code), (explained?.Kind, explained?.Code));
    }

    [Fact]
    public async Task A_password_that_is_missing_or_wrong()
    {
        // As the server would ask for it; the throw-away server trusts everybody.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var asking = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync();
            var stream = client.GetStream();
            var begin = new byte[1024];
            _ = await stream.ReadAsync(begin);
            await stream.WriteAsync("R\0\0\0\b\0\0\0\u0003"u8.ToArray());
            _ = await stream.ReadAsync(begin);
        });
        await using var database = new PostgresDatabase($"Host=127.0.0.1;Port={((IPEndPoint)listener.LocalEndpoint).Port};Database=d;Username=u;Pooling=false;SSL Mode=Disable;GSS Encryption Mode=Disable");

        var error = await FailAsync(async () => await database.OpenAsync(default));

        Assert.Equal((DripErrorKind.Store, "login-refused"), (database.Explain(error!)?.Kind, database.Explain(error!)?.Code));
        await asking;
    }

    [Fact]
    public async Task A_port_on_which_nobody_listens()
    {
        using var unused = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        // Bound and not listening: nobody else gets it meanwhile.
        unused.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        await using var database = new PostgresDatabase($"Host=127.0.0.1;Port={((IPEndPoint)unused.LocalEndPoint!).Port};Database=d;Username=u");

        var error = await FailAsync(async () => await database.OpenAsync(default));

        Assert.Equal((DripErrorKind.Busy, "connection-lost"), (database.Explain(error!)?.Kind, database.Explain(error!)?.Code));
    }

    private static Task<ErrorBench> TwoRowsAsync() => ErrorBench.CreateAsync("CREATE TABLE t (id int PRIMARY KEY, v int); INSERT INTO t VALUES (1, 0), (2, 0)");

    internal static async Task<Exception?> FailAsync(Func<Task> work)
    {
        try
        {
            await work();
            return null;
        }
        catch (Exception error)
        {
            return error;
        }
    }
}
