using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Npgsql;

namespace Drip.Postgres.Tests.Errors;

/// <summary>The table of SQLSTATEs in <c>docs/reliability.md</c>, as it says.</summary>
public sealed partial class States
{
    private static readonly PostgresDatabase Database = new("Host=db;Database=shop;Username=app;Password=hush");

    public static TheoryData<string, string, string> Table()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var line in File.ReadLines(Guide()))
        {
            var cells = line.Split('|', StringSplitOptions.TrimEntries);
            if (cells.Length != 6 || cells[3] is not ("again" or "connect" or "pause" or "leave" or "fail" or "row")) continue;
            foreach (Match state in State().Matches(cells[1])) data.Add(state.Groups[1].Value, cells[3], cells[4].Trim('`'));
        }

        return data;
    }

    [Theory, MemberData(nameof(Table))]
    public void Each_state_means_what_the_guide_says(string state, string what, string code)
    {
        var explained = Database.Explain(Error(state, "it \"is\" so"));

        Assert.Equal(code, explained?.Code ?? "");
        Assert.Equal(
            what,
            explained switch
            {
                null or { Kind: DripErrorKind.RunFailed } => "row",
                { Kind: DripErrorKind.Busy, Code: "connection-lost" } => "connect",
                { Kind: DripErrorKind.Busy } => "again",
                { Kind: DripErrorKind.Paused } => "pause",
                { Kind: DripErrorKind.Store } => "leave",
                { Kind: DripErrorKind.Usage } => "fail",
                _ => explained.Kind.ToString(),
            });
        if (explained is null) return;
        Assert.Contains("shop at db:5432", explained.Message);
        Assert.DoesNotContain("hush", explained.Message + explained.Remedy);
        Assert.EndsWith(".", explained.Message);
    }

    [Fact]
    public void The_guide_has_all_states_that_are_told_apart() => Assert.True(Table().Count >= 45);

    [Theory]
    [InlineData("relation \"items\" does not exist", "missing-table", "There is no table items in")]
    [InlineData("Relation »items« existiert nicht", "missing-table", "There is no table items in")]
    [InlineData("la relation « items » n'existe pas", "missing-table", "There is no table items in")]
    [InlineData("items ?", "missing-table", "There is no table (items ?) in")]
    [InlineData("relation \"drip_run\" does not exist", "store-not-migrated", "The table drip_run of Drip's store")]
    [InlineData("relation \"its_own.drip_event\" does not exist", "store-not-migrated", "The table its_own.drip_event of Drip's store")]
    [InlineData("relation \"drip_cursor\" does not exist", "progress-missing", "The table drip_cursor, in which Drip keeps")]
    public void A_table_that_is_missing_is_named_in_any_language(string said, string code, string problem)
    {
        var explained = Database.Explain(Error("42P01", said))!;

        Assert.Equal(code, explained.Code);
        Assert.StartsWith(problem, explained.Message);
        Assert.Equal(code == "missing-table" ? DripErrorKind.Usage : DripErrorKind.Schema, explained.Kind);
    }

    [Fact]
    public void A_cancellation_and_an_error_of_others_are_not_the_databases()
    {
        Assert.Null(Database.Explain(new OperationCanceledException("cancelled", Error("57014", "canceling statement due to user request"))));
        Assert.Null(Database.Explain(new InvalidOperationException("mine")));
        Assert.Null(Database.Explain(new NpgsqlException("A command is already in progress")));
    }

    private static PostgresException Error(string state, string said) => new(said, "ERROR", "ERROR", state);

    private static string Guide([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "reliability.md");

    [GeneratedRegex("`([0-9A-Z]{5})`")]
    private static partial Regex State();
}
