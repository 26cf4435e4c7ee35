using Drip.Hosting.Output;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Drip.Hosting.Tests.Harness;

/// <summary>A worker with a database of its own, whose commands run in this process. Each command is a new host, as in life.</summary>
internal sealed class TestWorker : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("drip-hosting-").FullName;

    public TestWorker(int people = 100)
    {
        using var connection = OpenDatabase("Mode=ReadWriteCreate");
        Execute(connection, "CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT NOT NULL, role TEXT)");
        Execute(connection, $"WITH RECURSIVE n(i) AS (SELECT 1 WHERE {people} > 0 UNION ALL SELECT i + 1 FROM n WHERE i < {people}) INSERT INTO people SELECT i, 'person ' || i, NULL FROM n");
    }

    public string DatabasePath => Path.Combine(_folder, "shop.db");

    /// <summary>Adds the default database; by default the file.</summary>
    public Action<DripAppBuilder>? UseDatabase { get; set; }

    /// <summary>Changes the builder of every command.</summary>
    public Action<DripAppBuilder>? Configure { get; set; }

    /// <summary>Called in each batch of <c>give-role</c> and <c>touch</c>, with the host, the batch's number and what cancels it.</summary>
    public Action<DripApp, long, CancellationToken>? InBatch { get; set; }

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public Action<int> Exit { get; set; } = code => Assert.Fail($"The worker left by itself with {code}.");

    public Terminal Terminal { get; set; } = Terminal.None;

    public Task<CommandResult> RunAsync(params string[] arguments) => Start(arguments).Result;

    /// <summary>Starts a command; its result comes when it ends.</summary>
    public (DripApp App, Task<CommandResult> Result) Start(params string[] arguments)
    {
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        DripApp? app = null;
        var builder = DripApp.CreateBuilder(arguments);
        (builder.Output, builder.ErrorOutput, builder.Time, builder.Exit, builder.Terminal) = (output, error, Time, Exit, Terminal);
        if (UseDatabase is null) builder.UseSqlite($"Data Source={DatabasePath}");
        else UseDatabase(builder);
        builder.AddBackfill<GiveRole, Person>();
        builder.AddBackfill<Stumble, Person>();
        builder.AddBackfill<Demanding, Person>();
        builder.AddBackfill<Touch, Person>();
        builder.AddBackfill<Lenient, Person>();
        if (InBatch is { } hook) builder.Services.AddSingleton<BatchHook>((number, cancellationToken) => hook(app!, number, cancellationToken));
        Configure?.Invoke(builder);
        app = builder.Build();
        return (app, EndAsync());

        async Task<CommandResult> EndAsync() => new(await app.RunAsync(), output.ToString(), error.ToString());
    }

    public long Count(string condition)
    {
        using var connection = OpenDatabase("Mode=ReadWrite");
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM people WHERE {condition}";
        return (long)command.ExecuteScalar()!;
    }

    public SqliteConnection OpenDatabase(string more)
    {
        SQLitePCL.Batteries_V2.Init();
        var connection = new SqliteConnection($"Data Source={DatabasePath};Pooling=False;{more}");
        connection.Open();
        return connection;
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

/// <summary>What a command left behind.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public CommandResult Succeeds()
    {
        Assert.True(ExitCode == 0, $"The command left with {ExitCode}: {Error}");
        return this;
    }

    /// <summary>A mistake of the user's: exit code 2, two sentences, and nothing on standard output.</summary>
    public CommandResult IsRefused(string problem, string remedy)
    {
        Assert.Equal([problem, remedy], ErrorLines);
        Assert.Equal((2, ""), (ExitCode, Output));
        return this;
    }
}
