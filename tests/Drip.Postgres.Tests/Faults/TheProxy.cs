using Drip.Servers;
using Npgsql;

namespace Drip.Postgres.Tests.Faults;

/// <summary>The network on a bad day does what the tests of faults believe that it does.</summary>
public sealed class TheProxy : IAsyncLifetime
{
    private TestPostgres _server = null!;
    private TcpProxy _proxy = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestPostgres.CreateAsync();
        _proxy = TcpProxy.To(_server.ConnectionString, "touched");
        await _server.ExecuteAsync("CREATE TABLE touched (id int)");
    }

    public async ValueTask DisposeAsync()
    {
        if (_proxy is not null) await _proxy.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
    }

    [Fact]
    public async Task Forwards_both_ways_however_much_it_is()
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand("SELECT length($1), repeat('y', 1000000)", connection) { Parameters = { new() { Value = new string('x', 500_000) } } };
        await using var reader = await command.ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync());
        Assert.Equal((500_000, 1_000_000), (reader.GetInt32(0), reader.GetString(1).Length));
        Assert.Equal(1, _proxy.Connections);
    }

    [Fact]
    public async Task In_silence_nothing_gets_through_and_nothing_is_closed()
    {
        await using var connection = await OpenAsync();

        _proxy.Silence();
        var insert = InsertAsync(connection);
        await _server.ExecuteAsync("INSERT INTO touched VALUES (2)");

        Assert.False(insert.IsCompleted);
        Assert.Equal((1L, 1), (await _server.ScalarAsync<long>("SELECT count(*) FROM touched"), _proxy.Connections));
        _proxy.Resume();
        Assert.Equal(1, await insert);
        Assert.Equal(2, await _server.ScalarAsync<long>("SELECT count(*) FROM touched"));
    }

    [Fact]
    public async Task A_reset_breaks_what_stands_and_lets_others_come()
    {
        await using var connection = await OpenAsync();
        _proxy.Reset();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => InsertAsync(connection));

        await using var other = await OpenAsync();
        Assert.Equal(1, await InsertAsync(other));
    }

    [Fact]
    public async Task Nobody_comes_while_it_refuses()
    {
        var refused = _proxy.Refuse();
        await Assert.ThrowsAnyAsync<NpgsqlException>(OpenAsync);
        await refused;
        _proxy.Accept();
        await using var connection = await OpenAsync();
    }

    [Theory]
    [InlineData(CommitFate.AnswerIsLost, 1)]
    [InlineData(CommitFate.NeverArrives, 0)]
    [InlineData(CommitFate.ArrivesLate, 0)]
    public async Task A_lost_commit_is_there_or_not_and_the_client_cannot_know(CommitFate fate, long rows)
    {
        await using var connection = await OpenAsync();
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await InsertAsync(connection);
            var lost = _proxy.LoseCommit(fate);
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => transaction.CommitAsync());
            await lost;
        }

        Assert.Equal(rows, await _server.ScalarAsync<long>("SELECT count(*) FROM touched"));
        if (fate != CommitFate.ArrivesLate) return;
        _proxy.Deliver();
        // Who waits for the row that was not there yet has it afterwards.
        await _server.ExecuteAsync("BEGIN; LOCK TABLE touched; COMMIT");
        Assert.Equal(1, await _server.ScalarAsync<long>("SELECT count(*) FROM touched"));
    }

    [Fact]
    public async Task Only_the_commit_of_a_connection_that_sent_the_marker_is_lost_and_only_once()
    {
        await using var other = await OpenAsync();
        await using var connection = await OpenAsync();
        var lost = _proxy.LoseCommit(CommitFate.AnswerIsLost);

        await using (var transaction = await other.BeginTransactionAsync()) await transaction.CommitAsync();
        Assert.False(lost.IsCompleted);

        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await InsertAsync(connection);
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => transaction.CommitAsync());
        }

        await lost;
        await using var third = await OpenAsync();
        await using (var transaction = await third.BeginTransactionAsync())
        {
            await InsertAsync(third);
            await transaction.CommitAsync();
        }

        Assert.Equal(2, await _server.ScalarAsync<long>("SELECT count(*) FROM touched"));
    }

    [Fact]
    public async Task A_server_that_crashed_comes_back_at_the_same_address_with_what_was_committed()
    {
        await using var own = await OwnPostgres.StartAsync();
        var address = own.ConnectionString;
        await own.ExecuteAsync("CREATE TABLE kept (id int); INSERT INTO kept VALUES (1)");
        await using var session = await own.OpenAsync();

        await own.CrashAsync();
        await Assert.ThrowsAnyAsync<NpgsqlException>(own.OpenAsync);
        await own.StartAgainAsync();

        await using var command = new NpgsqlCommand("SELECT 1", session);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => command.ExecuteScalarAsync());
        Assert.Equal((address, 1L), (own.ConnectionString, await own.ScalarAsync<long>("SELECT count(*) FROM kept")));
    }

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(_proxy.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<int> InsertAsync(NpgsqlConnection connection)
    {
        await using var insert = new NpgsqlCommand("INSERT INTO touched VALUES (1)", connection);
        return await insert.ExecuteNonQueryAsync();
    }
}
