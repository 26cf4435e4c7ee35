using Drip.Crash.Tests.Sites;

namespace Drip.Crash.Tests.Matrix;

/// <summary>The rows of the matrix: the size that eng/test has time for, or with <c>DRIP_MATRIX=full</c> all of it.</summary>
internal static class Rows
{
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("DRIP_MATRIX") == "full";

    /// <summary>Those of SQLite.</summary>
    public static TheoryData<string> All => [.. Scenarios.All.Where(scenario => IsFull || !scenario.IsExtra).Select(scenario => scenario.ToString())];

    /// <summary>Those of PostgreSQL, and of rows and a store that are not in one database.</summary>
    public static TheoryData<Site, string> Elsewhere
    {
        get
        {
            var rows = new TheoryData<Site, string>();
            foreach (var scenario in PostgresScenarios.All)
            {
                if (IsFull || !scenario.IsExtra) rows.Add(Site.Postgres, scenario.ToString());
            }

            foreach (var site in (Site[])[Site.RowsInSqlite, Site.RowsInPostgres])
            {
                foreach (var scenario in PostgresScenarios.Between)
                {
                    if (IsFull || !scenario.IsExtra) rows.Add(site, scenario.ToString());
                }
            }

            return rows;
        }
    }

    public static Scenario Find(string name, Site site = Site.Sqlite) =>
        (site == Site.Sqlite ? Scenarios.All : PostgresScenarios.All).First(scenario => scenario.ToString() == name);
}
