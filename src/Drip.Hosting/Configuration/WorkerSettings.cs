using Drip.Hosting.Output;
using Drip.Leases;
using Drip.Postgres;
using Drip.Sqlite;
using Microsoft.Extensions.Configuration;

namespace Drip.Hosting.Configuration;

/// <summary>The settings that a worker reads from its configuration, typed and checked when they are asked for.</summary>
internal sealed class WorkerSettings(IConfiguration configuration)
{
    private const string LeaseDuration = "Drip:Lease:Duration";
    private const string LeaseRenewal = "Drip:Lease:Renewal";

    /// <summary>What is shorter would keep the worker, and the lock of its database, busy with nothing else.</summary>
    private static readonly TimeSpan AtLeast = TimeSpan.FromMilliseconds(10);

    /// <summary>PostgreSQL takes 0 for no limit at all, and what is shorter would end what is well.</summary>
    private static readonly TimeSpan AtLeastOnServer = TimeSpan.FromSeconds(1);

    /// <summary>The pause between batches of jobs that declare none; null if none is configured.</summary>
    public TimeSpan? Sleep => ReadDuration("Drip:Sleep");

    /// <summary>Who runs this worker.</summary>
    public string User => Text("Drip:User") ?? Environment.UserName;

    /// <summary>How long what this worker claims is its own, how often it renews that, and how often it looks for work.</summary>
    public LeaseSettings Leases
    {
        get
        {
            var defaults = new LeaseSettings();
            var duration = ReadDuration(LeaseDuration, AtLeast) ?? defaults.Duration;
            var renewal = ReadDuration(LeaseRenewal, AtLeast) ?? duration / 3;
            // So that a renewal which fails can be tried again before the lease runs out.
            if (renewal >= duration / 2)
            {
                throw Refused(LeaseRenewal, $"is not less than half of {LeaseDuration} ({Phrase.Duration(duration)})",
                    $"less than {Phrase.Duration(duration / 2)}");
            }

            return new LeaseSettings { Duration = duration, Renewal = renewal, Poll = ReadDuration("Drip:Poll", AtLeast) ?? defaults.Poll };
        }
    }

    /// <summary>How long the batch in flight has after the first signal.</summary>
    public TimeSpan ShutdownBudget => ReadDuration("Drip:Shutdown:Budget") ?? TimeSpan.FromSeconds(30);

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

    /// <summary>How Drip uses a PostgreSQL database: what is set for that one, then for all of them, then what the program gives.</summary>
    public PostgresSettings Postgres(string name, PostgresSettings given)
    {
        string schema = Key("Schema"), pollOnly = Key("PollOnly");
        var settings = given with
        {
            Schema = Text(schema) ?? given.Schema,
            PollOnly = Text(pollOnly)?.Trim().ToUpperInvariant() switch
            {
                null => given.PollOnly,
                "TRUE" => true,
                "FALSE" => false,
                _ => throw Refused(pollOnly, "is neither true nor false", "true or false"),
            },
            StatementTimeout = ReadDuration(Key("StatementTimeout"), AtLeastOnServer) ?? given.StatementTimeout,
            LockTimeout = ReadDuration(Key("LockTimeout"), AtLeast) ?? given.LockTimeout,
            IdleInTransactionTimeout = ReadDuration(Key("IdleInTransactionTimeout"), AtLeastOnServer) ?? given.IdleInTransactionTimeout,
        };
        return Text(schema) is null || PostgresSettings.IsSchema(settings.Schema!)
            ? settings
            : throw Refused(schema, "cannot be the schema of Drip's tables", "up to 63 letters, digits and underscores, not beginning with a digit");

        string Key(string setting)
        {
            var own = $"Drip:Postgres:{name}:{setting}";
            return name.Length > 0 && Text(own) is not null ? own : $"Drip:Postgres:{setting}";
        }
    }

    /// <summary>The configured connection string of a database; the one without a name is <c>ConnectionStrings:Default</c>.</summary>
    public string? ConnectionString(string name) => Text("ConnectionStrings:" + (name.Length == 0 ? "Default" : name));

    /// <summary>Refuses the value of a setting.</summary>
    public DripException Refused(string key, string reason, string allowed) => new(DripErrorKind.Usage, "bad-setting",
        $"The setting {key} is '{configuration[key]}', which {reason}.",
        $"Set it to {allowed}, in appsettings.json or as the environment variable {key.Replace(":", "__")}.");

    private string? Text(string key) => configuration[key] is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    private TimeSpan? ReadDuration(string key, TimeSpan least = default)
    {
        if (Text(key) is not { } text) return null;
        var duration = Duration.TryParse(text) ?? throw Refused(key, "is not a duration of at most a day", "something like 100ms, 2s or 1m");
        return duration >= least ? duration : throw Refused(key, $"is less than {Phrase.Duration(least)}", "something like 500ms, 2s or 1m");
    }
}
