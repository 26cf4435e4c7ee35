using Drip.Postgres.Data;
using Npgsql;

namespace Drip.Postgres.Tests.Cursors;

public sealed class MakingTables
{
    [Theory]
    [InlineData(null)]
    [InlineData("drip_s")]
    public async Task Many_processes_that_make_the_tables_at_once_all_succeed(string? schema)
    {
        await using var bench = await ProgressBench.CreateAsync();
        var databases = Enumerable.Range(0, 8).Select(_ => bench.Beside(new PostgresSettings { Schema = schema })).ToArray();

        await Task.WhenAll(databases.Select(database => Task.Run(async () => await ProgressTables.RequireAsync(database, default))));

        Assert.Equal(["drip_batch_outbox", "drip_cursor", "drip_quarantine"], await bench.Server.ScalarAsync<string[]>($"SELECT array_agg(tablename::text ORDER BY tablename) FROM pg_tables WHERE schemaname = '{schema ?? "public"}'"));
    }

    [Fact]
    public async Task A_role_that_may_make_nothing_is_told_what_to_run_and_is_enough_once_the_tables_are_there()
    {
        await using var bench = await ProgressBench.CreateAsync();
        var role = await bench.MakeRoleAsync();
        var database = bench.As(role);

        var error = await Assert.ThrowsAsync<DripException>(async () => await ProgressTables.RequireAsync(database, default));
        Assert.Equal((DripErrorKind.Store, "may-not-create"), (error.Kind, error.Code));
        Assert.Contains($"GRANT CREATE ON SCHEMA \"public\" TO \"{role}\"", error.Remedy);

        await ProgressTables.RequireAsync(bench.Database, default);
        var refused = await Assert.ThrowsAsync<DripException>(async () => await new PostgresCursors(database).PlanAsync("run", [], null, default));
        Assert.Equal((DripErrorKind.Store, "not-allowed"), (refused.Kind, refused.Code));

        await bench.Server.ExecuteAsync($"GRANT SELECT, INSERT, UPDATE, DELETE ON drip_cursor, drip_quarantine, drip_batch_outbox TO {role}");
        Assert.Single(await new PostgresCursors(database).PlanAsync("run", [], ProgressBench.Claim("me"), default));
    }

    [Fact]
    public async Task A_role_that_may_not_make_the_schema_is_told_so()
    {
        await using var bench = await ProgressBench.CreateAsync();
        var role = await bench.MakeRoleAsync();

        var error = await Assert.ThrowsAsync<DripException>(async () => await ProgressTables.RequireAsync(bench.As(role, new PostgresSettings { Schema = "mine" }), default));

        Assert.Contains("GRANT CREATE ON DATABASE \"drip_test_", error.Remedy);
    }

    [Fact]
    public async Task What_is_missing_of_them_is_made()
    {
        await using var bench = await ProgressBench.CreateAsync();
        await ProgressTables.RequireAsync(bench.Database, default);
        await bench.Cursors.PlanAsync("run", [], null, default);
        await bench.Server.ExecuteAsync("DROP TABLE drip_quarantine, drip_batch_outbox");

        await ProgressTables.RequireAsync(bench.Beside(), default);

        Assert.Equal(3L, await bench.Server.ScalarAsync<long>("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"));
        Assert.Single(await bench.Cursors.ListAsync("run", default));
    }
}
