using Drip.Hosting.Tests.Harness;

namespace Drip.Hosting.Tests;

/// <summary>Workers with more than one database, and the store in one of them.</summary>
public sealed class SeveralDatabases : IDisposable
{
    private readonly TestWorker _worker = new();
    private readonly TestWorker _other = new(people: 0);

    public void Dispose()
    {
        _worker.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task The_store_can_be_in_a_database_with_a_name_while_the_rows_are_in_the_default_one()
    {
        _worker.Configure = builder => builder.UseSqlite($"Data Source={_other.DatabasePath}", "runs").StoreIn("Runs");

        (await _worker.RunAsync("run", "give-role")).Succeeds();

        Assert.Equal(0, _worker.Count("role IS NULL"));
        Assert.Equal((0, 1), (Tables(_worker, "drip_run"), Tables(_worker, "drip_cursor")));
        Assert.Equal((1, 0), (Tables(_other, "drip_run"), Tables(_other, "drip_cursor")));
        Assert.Contains("give-role", (await _worker.RunAsync("runs")).Succeeds().Output);
    }

    [Fact]
    public async Task A_store_in_a_database_that_the_worker_does_not_have_is_a_mistake()
    {
        _worker.Configure = builder => builder.StoreIn("runs");

        (await _worker.RunAsync("runs")).IsRefused(
            "The store of runs is to be in the database 'runs', and the worker has none of that name.",
            "Add it before Build(), for example builder.UsePostgres(\"…\", name: \"runs\"), or correct builder.StoreIn.");
    }

    [Fact]
    public async Task A_worker_without_a_default_database_has_no_store_unless_it_names_one()
    {
        var error = new StringWriter { NewLine = "\n" };
        var builder = DripApp.CreateBuilder(["runs"]);
        (builder.Output, builder.ErrorOutput) = (new StringWriter(), error);
        builder.UseSqlite($"Data Source={_other.DatabasePath}", "runs");

        Assert.Equal(2, await builder.Build().RunAsync());
        Assert.StartsWith("The worker has no default database, and that is where runs are recorded.\n", error.ToString());
        Assert.Equal(0, await builder.StoreIn("runs").Build().RunAsync());
    }

    [Fact]
    public void The_store_is_in_one_database()
    {
        var builder = DripApp.CreateBuilder([]).StoreIn("runs");

        Assert.Contains("'runs' already", Assert.Throws<ArgumentException>(() => builder.StoreIn("others")).Message);
        Assert.Throws<ArgumentException>(() => builder.StoreIn(" "));
    }

    [Fact]
    public void Two_databases_of_different_engines_do_not_share_a_name()
    {
        var builder = DripApp.CreateBuilder([]).UseSqlite("Data Source=shop.db").UsePostgres("Host=db", "archive");

        Assert.Contains("There is a default database already.", Assert.Throws<ArgumentException>(() => builder.UsePostgres("Host=db")).Message);
        Assert.Contains("'Archive' already", Assert.Throws<ArgumentException>(() => builder.UseSqlite("Data Source=old.db", "Archive")).Message);
    }

    private static long Tables(TestWorker worker, string name)
    {
        using var connection = worker.OpenDatabase("Mode=ReadOnly");
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM sqlite_master WHERE name = '{name}'";
        return (long)command.ExecuteScalar()!;
    }
}
