using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Drip.Crash.Tests;

/// <summary>The sample's producer, killed at any moment and gone on with: its report is that of one which was left alone.</summary>
public sealed class KilledProducers : IDisposable
{
    private const int Times = 50;
    private const int EndOfStep = 3;
    private const string Report = "pay-report.md";

    // Ten steps of which six wait a little, two at a time, so that most of a process's life is work.
    private static readonly (string, string)[] Slow = [("Market__DelayMs", "80")];

    private readonly ShopFolder _seeded = new();

    public void Dispose() => _seeded.Dispose();

    [Fact]
    public async Task The_report_of_a_producer_that_was_killed_at_any_moment_equals_that_of_one_that_was_not()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("DRIP_CRASH_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"To repeat: DRIP_CRASH_SEED={seed}");
        var control = await ControlAsync();
        var (atWork, times) = (0, 0);

        await Parallel.ForEachAsync(Enumerable.Range(0, Times), new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (i, _) =>
        {
            using var folder = _seeded.Copy();
            var when = $"seed {seed}, time {i}";
            var random = new Random(HashCode.Combine(seed, i));
            if (await KillAsync(folder, random)) Interlocked.Increment(ref atWork);
            await FinishAsync(folder, when);

            Assert.True(await File.ReadAllTextAsync(Path.Combine(folder.FullName, Report), CancellationToken.None) == control, when);
            AssertNothingTwice(folder, when);
            Interlocked.Increment(ref times);
        });

        Assert.Equal(Times, times);
        Assert.True(atWork >= Times / 2, $"Only {atWork} of the kills met a producer at work (seed {seed}).");
    }

    private async Task<string> ControlAsync()
    {
        Assert.Equal(0, (await _seeded.RunAsync("seed", "--employees", "500")).ExitCode);
        using var folder = _seeded.Copy();
        var ended = await folder.RunAsync("produce", "pay-report");
        Assert.True(ended.ExitCode == 0, ended.Errors);
        return await File.ReadAllTextAsync(Path.Combine(folder.FullName, Report));
    }

    // True if the process had written a version, and had not ended its run.
    private static async Task<bool> KillAsync(ShopFolder folder, Random random)
    {
        using var process = folder.Start(Slow, "produce", "pay-report");
        var most = random.Next(1, 20);
        await process.UntilAsync(() => Versions(folder) >= most);
        Thread.SpinWait(random.Next(200_000));
        process.Kill();
        await process.EndAsync();
        return Versions(folder) > 0 && List<string>(folder, "SELECT name FROM drip_version_run WHERE outcome IS NULL").Length > 0;
    }

    private static async Task FinishAsync(ShopFolder folder, string when)
    {
        var from = Versions(folder) > 0 ? (string[])["--from", "last"] : [];
        var ended = await folder.RunAsync(["produce", "pay-report", .. from]);
        Assert.True(ended.ExitCode == 0, $"{when}: {ended.ExitCode}, {ended.Output}{ended.Errors}");
    }

    // A step that a version on the disk says has succeeded is not run again by the branch.
    private static void AssertNothingTwice(ShopFolder folder, string when)
    {
        var twice = List<string>(folder, $"SELECT step || '/' || coalesce(record, '') FROM drip_version WHERE kind = {EndOfStep} GROUP BY 1 HAVING count(*) > 1");
        Assert.True(twice.Length == 0, $"{when}: {string.Join(", ", twice)}");
    }

    private static long Versions(ShopFolder folder)
    {
        var path = Path.Combine(folder.FullName, "drip-versions", "versions.db");
        if (!File.Exists(path + "-wal") && !File.Exists(path)) return 0;
        try
        {
            return List<long>(folder, "SELECT count(*) FROM drip_version")[0];
        }
        catch (SqliteException)
        {
            // Not there yet, or just being made.
            return 0;
        }
    }

    private static T[] List<T>(ShopFolder folder, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder.FullName, "drip-versions", "versions.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        return [.. connection.Query<T>(sql)];
    }
}
