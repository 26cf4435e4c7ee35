using Drip.Crash.Tests.Sites;
using Drip.Servers;
using Npgsql;

namespace Drip.Crash.Tests.Faults;

/// <summary>Other clients of a server.</summary>
internal static class Crowds
{
    /// <summary>Ends the sessions of workers, and takes every place that the server has until it refuses.</summary>
    public static async Task CrowdOutAsync(this CrashDatabase database, PostgresServer server, List<NpgsqlConnection> others)
    {
        for (var full = false; !full;)
        {
            database.Ask<long>("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name LIKE 'drip%'");
            try
            {
                while (true) others.Add(await server.OpenAsync());
            }
            catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.TooManyConnections)
            {
                full = database.Ask<long>("SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'drip%'") == 0;
            }
        }
    }
}
