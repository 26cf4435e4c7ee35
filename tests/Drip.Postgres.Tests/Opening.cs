using Drip.Servers;

namespace Drip.Postgres.Tests;

public sealed class Opening
{
    [Fact]
    public async Task A_clock_that_is_an_hour_off_does_not_matter_because_the_server_is_asked()
    {
        await using var server = await TestPostgres.CreateAsync();
        await using var database = new PostgresDatabase(server.ConnectionString, time: new FastClock(TimeSpan.FromHours(1)));
        await using (await database.OpenControlAsync(default)) { }

        var now = await server.ScalarAsync<DateTime>("SELECT clock_timestamp()");
        Assert.InRange((database.Clock.GetUtcNow() - now).TotalSeconds, -1, 1);
    }

    [Fact]
    public async Task The_server_ends_what_a_worker_leaves_behind()
    {
        await using var server = await TestPostgres.CreateAsync();
        await using var database = new PostgresDatabase(server.ConnectionString, new PostgresSettings { LockTimeout = TimeSpan.FromSeconds(3) });
        await using var connection = await database.OpenAsync(default);
        await using var show = new Npgsql.NpgsqlCommand("SELECT current_setting('lock_timeout') || ' ' || current_setting('statement_timeout') || ' ' || current_setting('idle_in_transaction_session_timeout')", connection);
        Assert.Equal("3s 5min 15min", await show.ExecuteScalarAsync());
    }

    [Theory]
    [InlineData("drop table")]
    [InlineData("1st")]
    [InlineData("")]
    [InlineData("a\"b")]
    public void A_schema_that_is_no_plain_name_is_refused(string schema)
    {
        var error = Assert.Throws<DripException>(() => new PostgresDatabase("Host=localhost", new PostgresSettings { Schema = schema }));
        Assert.Equal("bad-schema", error.Code);
    }

    private sealed class FastClock(TimeSpan ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
    }
}
