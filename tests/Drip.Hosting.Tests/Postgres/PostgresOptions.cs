using Drip.Hosting.Configuration;
using Drip.Hosting.Tests.Harness;
using Drip.Postgres;
using Microsoft.Extensions.Configuration;

namespace Drip.Hosting.Tests.Postgres;

/// <summary>What can be set of PostgreSQL databases. No server is asked here.</summary>
public sealed class PostgresOptions : IDisposable
{
    private readonly TestWorker _worker = new(people: 0);

    public void Dispose() => _worker.Dispose();

    [Fact]
    public void A_setting_for_one_database_goes_before_that_for_all_of_them_and_both_before_the_program()
    {
        var settings = new WorkerSettings(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Drip:Postgres:Schema"] = "drip",
            ["Drip:Postgres:LockTimeout"] = "2s",
            ["Drip:Postgres:Archive:Schema"] = "old",
            ["Drip:Postgres:Archive:PollOnly"] = "True",
            ["Drip:Postgres:Archive:StatementTimeout"] = "1m",
        }).Build());
        var given = new PostgresSettings { Schema = "mine", LockTimeout = TimeSpan.FromSeconds(9), IdleInTransactionTimeout = TimeSpan.FromHours(1) };

        Assert.Equal(given with { Schema = "drip", LockTimeout = TimeSpan.FromSeconds(2) }, settings.Postgres("", given));
        Assert.Equal(
            given with { Schema = "old", PollOnly = true, LockTimeout = TimeSpan.FromSeconds(2), StatementTimeout = TimeSpan.FromMinutes(1) },
            settings.Postgres("archive", given));
        Assert.Equal(new PostgresSettings(), new WorkerSettings(new ConfigurationBuilder().Build()).Postgres("", new PostgresSettings()));
    }

    [Theory]
    [InlineData("Drip:Postgres:Schema", "9lives", "cannot be the schema of Drip's tables")]
    [InlineData("Drip:Postgres:archive:Schema", "a\"; DROP", "cannot be the schema of Drip's tables")]
    [InlineData("Drip:Postgres:PollOnly", "yes", "is neither true nor false")]
    [InlineData("Drip:Postgres:StatementTimeout", "0", "is less than 1.0 s")]
    [InlineData("Drip:Postgres:LockTimeout", "1ms", "is less than 10 ms")]
    [InlineData("Drip:Postgres:IdleInTransactionTimeout", "long", "is not a duration of at most a day")]
    public async Task A_setting_that_makes_no_sense_is_named(string key, string value, string reason)
    {
        _worker.Configure = builder =>
        {
            builder.UsePostgres("Host=nowhere.invalid;Database=shop", "archive");
            builder.Configuration[key] = value;
        };

        var result = await _worker.RunAsync("runs");

        Assert.Equal((2, $"The setting {key} is '{value}', which {reason}."), (result.ExitCode, result.ErrorLines[0]));
        Assert.Contains(key.Replace(":", "__"), result.ErrorLines[1]);
    }

    [Theory]
    [InlineData("postgres://app:hunter2@db/shop", "is a URI, which Npgsql does not read")]
    [InlineData("postgresql://app:hunter2@db/shop?sslmode=require", "is a URI, which Npgsql does not read")]
    [InlineData("Host=db;Password=pass;hunter2=x", "has a name that Npgsql does not know")]
    [InlineData("Host=db;Password=pass;hunter2", "is not made of names and values")]
    [InlineData("Host=db;Passwrd=hunter2", "has a name that Npgsql does not know")]
    [InlineData("Host=db;Password=hunter2;Port=hunter2", "has a value for port that cannot be one")]
    [InlineData("Host=db;Password=hunter2;SSL Mode=hunter2", "has a value for ssl mode that cannot be one")]
    [InlineData("Database=shop;Password=hunter2", "names no host")]
    [InlineData("hunter2", "is not made of names and values")]
    [InlineData("", "names no host")]
    public async Task A_connection_string_that_cannot_be_read_is_not_repeated(string text, string reason)
    {
        foreach (var configured in (bool[])[false, true])
        {
            _worker.Configure = builder =>
            {
                builder.UsePostgres(configured ? "Host=db" : text, "archive");
                if (configured && text.Length > 0) builder.Configuration["ConnectionStrings:archive"] = text;
            };
            if (configured && text.Length == 0) continue;

            var result = await _worker.RunAsync("runs");

            Assert.Equal((2, $"The connection string of the PostgreSQL database {reason}."), (result.ExitCode, result.ErrorLines[0]));
            Assert.EndsWith("Write it like this: Host=db;Database=shop;Username=app;Password=…", result.ErrorLines[1]);
            Assert.DoesNotContain("hunter2", result.Output + result.Error);
        }
    }
}
