using Drip.Hosting.Configuration;
using Drip.Hosting.Tests.Harness;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Drip.Hosting.Tests;

public sealed class Settings : IDisposable
{
    private readonly TestWorker _worker = new();

    public void Dispose() => _worker.Dispose();

    [Theory]
    [InlineData("0", 0)]
    [InlineData("100ms", 100)]
    [InlineData("1.5s", 1500)]
    [InlineData(" 2 s ", 2000)]
    [InlineData("1m", 60_000)]
    [InlineData("24h", 86_400_000)]
    public void A_duration_has_a_unit(string text, double milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Duration.TryParse(text));

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("25h")]
    [InlineData("1,5s")]
    [InlineData("1e3s")]
    [InlineData("1 day")]
    public void What_is_no_duration_is_none(string text) => Assert.Null(Duration.TryParse(text));

    [Theory]
    [InlineData("Drip:Sleep", "soon", "The setting Drip:Sleep is 'soon', which is not a duration of at most a day.")]
    [InlineData("Drip:Lease:Duration", "long", "The setting Drip:Lease:Duration is 'long', which is not a duration of at most a day.")]
    [InlineData("Drip:Lease:Duration", "0", "The setting Drip:Lease:Duration is '0', which is less than 10 ms.")]
    [InlineData("Drip:Lease:Renewal", "15s", "The setting Drip:Lease:Renewal is '15s', which is not less than half of Drip:Lease:Duration (30.0 s).")]
    [InlineData("Drip:Poll", "0", "The setting Drip:Poll is '0', which is less than 10 ms.")]
    [InlineData("Drip:Shutdown:Budget", "2 days", "The setting Drip:Shutdown:Budget is '2 days', which is not a duration of at most a day.")]
    [InlineData("Drip:Sqlite:BusyTimeout", "5", "The setting Drip:Sqlite:BusyTimeout is '5', which is not a duration of at most a day.")]
    [InlineData("Drip:Sqlite:Synchronous", "OFF", "The setting Drip:Sqlite:Synchronous is 'OFF', which is neither FULL nor NORMAL.")]
    [InlineData("Logging:LogLevel:Default", "Loud", "The setting Logging:LogLevel:Default is 'Loud', which is not a log level.")]
    public async Task A_setting_that_makes_no_sense_is_named(string key, string value, string problem)
    {
        _worker.Configure = builder => builder.Configuration[key] = value;

        var result = await _worker.RunAsync("run", "give-role");

        Assert.Equal((2, problem, 2), (result.ExitCode, result.ErrorLines[0], result.ErrorLines.Length));
        Assert.Contains(key.Replace(":", "__"), result.ErrorLines[1]);
    }

    [Theory]
    [InlineData(null, null, null, 30, 10, 1)]
    [InlineData("12s", null, null, 12, 4, 1)]
    [InlineData("1m", "29s", "2s", 60, 29, 2)]
    public void Leases_last_and_are_renewed_as_configured(string? duration, string? renewal, string? poll, double seconds, double renewedEvery, double polledEvery)
    {
        var settings = new WorkerSettings(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Drip:Lease:Duration"] = duration,
            ["Drip:Lease:Renewal"] = renewal,
            ["Drip:Poll"] = poll,
        }).Build());

        Assert.Equal(
            (TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(renewedEvery), TimeSpan.FromSeconds(polledEvery)),
            (settings.Leases.Duration, settings.Leases.Renewal, settings.Leases.Poll));
    }

    [Fact]
    public async Task A_lease_of_the_configured_length_is_on_the_run()
    {
        var time = new ManualTime();
        _worker.Time = time;
        _worker.Configure = builder => builder.Configuration["Drip:Lease:Duration"] = "5m";
        var (app, ended) = _worker.Start("run", "give-role", "--sleep", "1h");
        await time.WhenSomebodyWaits(TimeSpan.FromSeconds(1));

        var listed = (await _worker.RunAsync("runs", "--json")).Output;

        Assert.Contains("\"leaseUntil\":\"2030-01-15T10:35:00Z\"", listed);
        app.Interruption.Raise(System.Runtime.InteropServices.PosixSignal.SIGTERM);
        await ended;
    }

    [Fact]
    public async Task The_configured_connection_string_goes_before_the_one_in_the_program()
    {
        _worker.Configure = builder => builder.Configuration["ConnectionStrings:Default"] = "Data Source=elsewhere.db";

        var result = await _worker.RunAsync("run", "give-role");

        Assert.Equal(7, result.ExitCode);
        Assert.Contains("elsewhere.db", result.Error);
    }

    [Fact]
    public async Task The_user_is_on_the_run()
    {
        _worker.Configure = builder => builder.Configuration["Drip:User"] = "ann";

        await _worker.RunAsync("run", "give-role");

        Assert.Contains("\"createdBy\":\"ann\"", (await _worker.RunAsync("runs", "--json")).Output);
    }

    [Theory]
    [InlineData(new string[0], "\"sleepMs\":1,")]
    [InlineData(new[] { "--sleep", "2ms" }, "\"sleepMs\":2,")]
    public async Task A_pause_on_the_command_line_goes_before_the_configured_one(string[] flags, string stored)
    {
        _worker.Configure = builder => builder.Configuration["Drip:Sleep"] = "1ms";

        (await _worker.RunAsync(["run", "give-role", "--limit", "10", .. flags])).Succeeds();

        Assert.Contains(stored, (await _worker.RunAsync("runs", "--json")).Output);
    }

    [Theory]
    [InlineData("5000", 5000, "at most 5,000 rows/s")]
    [InlineData("2500.5/s", 2500.5, "at most 2,500.5 rows/s")]
    public async Task A_rate_on_the_command_line_is_kept_with_the_run(string given, double kept, string shown)
    {
        (await _worker.RunAsync("run", "give-role", "--limit", "10", "--rate", given)).Succeeds();

        var runs = (await _worker.RunAsync("runs", "--json")).Output;
        using var json = System.Text.Json.JsonDocument.Parse(runs);
        var run = json.RootElement.EnumerateArray().Single();
        Assert.Equal(kept, run.GetProperty("ratePerSecond").GetDouble());
        Assert.Contains(shown, (await _worker.RunAsync("show", run.GetProperty("run").GetString()!)).Output);
    }

    [Fact]
    public async Task A_worker_without_a_database_says_how_to_add_one()
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var builder = DripApp.CreateBuilder(["runs"]);
        (builder.Output, builder.ErrorOutput) = (output, error);

        Assert.Equal(2, await builder.Build().RunAsync());
        Assert.Contains("builder.UseSqlite", error.ToString());
    }

    [Fact]
    public void A_second_database_needs_a_name_of_its_own()
    {
        var builder = DripApp.CreateBuilder([]).UseSqlite("Data Source=a.db").UseSqlite("Data Source=b.db", "crm");

        Assert.Throws<ArgumentException>(() => builder.UseSqlite("Data Source=c.db"));
        Assert.Throws<ArgumentException>(() => builder.UseSqlite("Data Source=c.db", "CRM"));
    }

    [Fact]
    public async Task Warnings_go_to_standard_error_one_line_each_and_less_is_not_shown()
    {
        _worker.Time = new ManualTime();
        LogInBatches();

        var result = (await _worker.RunAsync("run", "give-role", "--limit", "10", "--json")).Succeeds();

        Assert.Equal("2030-01-15 10:30:00Z warn Shop: careful now\n", result.Error);
    }

    [Fact]
    public async Task A_category_may_have_a_level_of_its_own()
    {
        LogInBatches();
        var logInBatches = _worker.Configure;
        _worker.Configure = builder =>
        {
            logInBatches!(builder);
            builder.Configuration["Logging:LogLevel:Default"] = "None";
            builder.Configuration["Logging:LogLevel:Shop"] = "Information";
        };

        var result = (await _worker.RunAsync("run", "give-role", "--limit", "10", "--json")).Succeeds();

        Assert.Equal(["info Shop: by the way", "warn Shop: careful now"], result.ErrorLines.Select(line => line["2030-01-15 10:30:00Z ".Length..]));
    }

    [Fact]
    public async Task Log_providers_of_the_host_get_what_the_worker_s_own_gets()
    {
        var provider = new CollectingProvider();
        LogInBatches();
        var logInBatches = _worker.Configure;
        _worker.Configure = builder =>
        {
            logInBatches!(builder);
            builder.Logging.AddProvider(provider);
        };

        var result = (await _worker.RunAsync("run", "give-role", "--limit", "10", "--json")).Succeeds();

        Assert.Contains("careful\nnow", provider.Messages);
        Assert.Contains("warn Shop: careful now", result.Error);
    }

    private void LogInBatches() => _worker.Configure = builder => builder.Services.AddSingleton<BatchHook>(services => (_, _) =>
    {
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop");
        logger.LogInformation("by the way");
        logger.LogWarning("careful\nnow");
    });

    private sealed class CollectingProvider : ILoggerProvider, ILogger
    {
        public List<string> Messages { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Messages.Add(formatter(state, exception));

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
