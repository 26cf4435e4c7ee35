using Drip.Sqlite;
using Microsoft.Extensions.Configuration;

namespace Drip.Hosting.Configuration;

/// <summary>The settings that a worker reads from its configuration, typed and checked when they are asked for.</summary>
internal sealed class WorkerSettings(IConfiguration configuration)
{
    /// <summary>The pause between batches of jobs that declare none; null if none is configured.</summary>
    public TimeSpan? Sleep => ReadDuration("Drip:Sleep");

    /// <summary>Who runs this worker.</summary>
    public string User => Text("Drip:User") ?? Environment.UserName;

    /// <summary>How connections to SQLite files behave.</summary>
    public SqliteSettings Sqlite => new()
    {
        BusyTimeout = ReadDuration("Drip:Sqlite:BusyTimeout") ?? new SqliteSettings().BusyTimeout,
        SynchronousNormal = Text("Drip:Sqlite:Synchronous")?.ToUpperInvariant() switch
        {
            null or "FULL" => false,
            "NORMAL" => true,
            _ => throw Refused("Drip:Sqlite:Synchronous", "is neither FULL nor NORMAL", "FULL or NORMAL"),
        },
    };

    /// <summary>The configured connection string of a database; the one without a name is <c>ConnectionStrings:Default</c>.</summary>
    public string? ConnectionString(string name) => Text("ConnectionStrings:" + (name.Length == 0 ? "Default" : name));

    /// <summary>Refuses the value of a setting.</summary>
    public DripException Refused(string key, string reason, string allowed) => new(DripErrorKind.Usage, "bad-setting",
        $"The setting {key} is '{configuration[key]}', which {reason}.",
        $"Set it to {allowed}, in appsettings.json or as the environment variable {key.Replace(":", "__")}.");

    private string? Text(string key) => configuration[key] is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    private TimeSpan? ReadDuration(string key)
    {
        if (Text(key) is not { } text) return null;
        return Duration.TryParse(text) ?? throw Refused(key, "is not a duration of at most a day", "something like 100ms, 2s or 1m");
    }
}
