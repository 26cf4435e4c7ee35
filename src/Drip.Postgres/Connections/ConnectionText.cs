using System.Data.Common;
using Npgsql;

namespace Drip.Postgres;

/// <summary>
/// Reads a connection string. What is wrong with one is said without its words: where a quote is missing, or the text is a URI, a
/// piece of the password looks like a name, and the messages of the libraries below repeat it.
/// </summary>
internal static class ConnectionText
{
    private const string Example = "Write it like this: Host=db;Database=shop;Username=app;Password=…";

    public static NpgsqlConnectionStringBuilder Read(string text)
    {
        if (text.Contains("://", StringComparison.Ordinal) && !text.AsSpan(0, text.IndexOf("://", StringComparison.Ordinal)).Contains('='))
            throw Refused("is a URI, which Npgsql does not read");
        var parts = Split(text);
        var builder = new NpgsqlConnectionStringBuilder();
        foreach (string name in parts.Keys)
        {
            if (!builder.ContainsKey(name)) throw Refused("has a name that Npgsql does not know", "A value with ; or = in it, a password for example, goes between double quotes. ");
            try
            {
                builder[name] = parts[name];
            }
            catch (Exception error) when (error is ArgumentException or FormatException or InvalidCastException or OverflowException)
            {
                throw Refused($"has a value for {name} that cannot be one");
            }
        }

        return string.IsNullOrWhiteSpace(builder.Host) ? throw Refused("names no host") : builder;
    }

    private static DbConnectionStringBuilder Split(string text)
    {
        try
        {
            return new DbConnectionStringBuilder { ConnectionString = text };
        }
        catch (ArgumentException)
        {
            throw Refused("is not made of names and values", "A value with ; or = in it, a password for example, goes between double quotes. ");
        }
    }

    private static DripException Refused(string why, string hint = "") => new(DripErrorKind.Usage, "bad-connection-string",
        $"The connection string of the PostgreSQL database {why}.", hint + Example);
}
