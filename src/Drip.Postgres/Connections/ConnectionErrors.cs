using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;

namespace Drip.Postgres;

/// <summary>What it means when no answer of the server comes: a connection that broke, or that cannot be made.</summary>
internal static class ConnectionErrors
{
    /// <summary>What the engine makes connections again for, for about as long as a lease lasts.</summary>
    public const string Lost = "connection-lost";

    public const string Remedy = "Nothing is to be done if the server comes back: connections are made again. Otherwise start it, and check the host and the port in the connection string.";

    /// <summary>The error in words; null where it is none of the connection.</summary>
    public static DripException? Explain(NpgsqlException error, PostgresDatabase database)
    {
        var name = database.Description;
        return error.InnerException switch
        {
            // Npgsql says only in words that it is its own pool that has no connection to lend.
            TimeoutException when error.Message.Contains("pool", StringComparison.OrdinalIgnoreCase) => Of(DripErrorKind.Busy, "pool-exhausted",
                $"All connections of this worker to {name} are in use.", "Raise Maximum Pool Size in the connection string, or let fewer partitions run at once."),
            SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.NoRecovery } => Of(DripErrorKind.Store, "unknown-host",
                $"The host of {name} is not known.", "Check the host in the connection string."),
            AuthenticationException tls => Of(DripErrorKind.Store, "no-secure-connection",
                $"No encrypted connection to {name} can be made: {tls.Message}", "Check SSL Mode and Root Certificate in the connection string, and the server's certificate."),
            // One of several hosts may say more than that none of them can be used.
            AggregateException all => OfFirst(all) ?? Broken("cannot be reached at any of its hosts"),
            PostgresException or NpgsqlException => database.Explain(error.InnerException),
            TimeoutException => Broken("did not answer in time"),
            SocketException socket => Broken($"cannot be reached: {socket.Message}"),
            IOException or ObjectDisposedException => Broken("ended the connection"),
            null when error.Message.Contains("password", StringComparison.OrdinalIgnoreCase) => Of(DripErrorKind.Store, "login-refused",
                $"{name} asks for a password, and there is none.", "Add Password=… to the connection string."),
            null when error.Message.Contains("SSL", StringComparison.Ordinal) => Of(DripErrorKind.Store, "no-secure-connection",
                $"{name} makes no encrypted connection: {error.Message}", "Let the server have a certificate (ssl = on), or do not ask for encryption: SSL Mode in the connection string."),
            _ => null,
        };

        DripException Of(DripErrorKind kind, string code, string problem, string remedy) => new(kind, code, problem, remedy, error);

        DripException Broken(string what) => Of(DripErrorKind.Busy, Lost, $"{name} {what}.", Remedy);

        DripException? OfFirst(AggregateException all)
        {
            foreach (var one in all.InnerExceptions)
            {
                if (database.Explain(one) is { } explained) return explained;
            }

            return null;
        }
    }
}
