using System.Globalization;

namespace Drip.Crash.Tests;

public sealed class KilledWorkers : IDisposable
{
    private const int Employees = 2000;
    private const int Batches = Employees / BatchSize;
    private const int BatchSize = 5;
    private const int Times = 50;

    private static readonly string[] Job = ["run", "normalize-names", "--batch-size", BatchSize.ToString(CultureInfo.InvariantCulture)];

    private readonly ShopFolder _seeded = new();

    public void Dispose() => _seeded.Dispose();

    [Fact]
    public async Task A_killed_worker_neither_loses_nor_repeats_a_row()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("DRIP_CRASH_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"To repeat: DRIP_CRASH_SEED={seed}");
        var names = await SeedAsync();
        var kills = 0;

        await Parallel.ForEachAsync(Enumerable.Range(0, Times), new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (i, _) =>
        {
            using var folder = _seeded.Copy();
            var died = await KillAtRandomAsync(folder, new Random(HashCode.Combine(seed, i)));
            Interlocked.Add(ref kills, died);

            AssertDoneOnce(folder, names, $"seed {seed}, time {i}, killed {died} times");
        });

        Assert.True(kills >= Times / 2, $"Only {kills} of the kills met a worker at work (seed {seed}).");
    }

    [Theory]
    [InlineData("TERM", 143)]
    [InlineData("INT", 130)]
    public async Task A_worker_that_is_told_to_leave_finishes_its_batch_and_is_gone_on_with(string signal, int exitCode)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "Signals are sent with kill.");
        Assert.SkipWhen(signal == "INT" && IgnoresInterrupts(), "These tests were started in the background by a shell that lets them, and what they start, ignore SIGINT.");
        var names = await SeedAsync();
        using var process = _seeded.Start([.. Job, "--sleep", "10ms"]);
        Assert.True(await process.HasCommittedAsync(10));

        process.Signal(signal);
        var left = await process.EndAsync();

        Assert.Equal(exitCode, left.ExitCode);
        Assert.Contains("was left after", left.Output + left.Errors);
        Assert.Contains("The same command goes on from there.", left.Output + left.Errors);
        var committed = _seeded.Ask<long>("SELECT batches FROM drip_cursor");
        Assert.InRange(committed, 10, Batches - 1);
        Assert.Equal(committed * BatchSize, _seeded.Ask<long>("SELECT sum(revision) FROM employees"));
        Assert.Equal(("running", null), _seeded.List<(string, string?)>("SELECT status, owner FROM drip_run").Single());

        Assert.Equal(0, (await _seeded.RunAsync(Job)).ExitCode);
        AssertDoneOnce(_seeded, names, signal);
    }

    [Fact]
    public async Task A_second_worker_is_refused_and_told_which_run_is_at_work()
    {
        await SeedAsync();
        using var first = _seeded.Start([.. Job, "--sleep", "10s"]);
        Assert.True(await first.HasCommittedAsync(1));

        var second = await _seeded.RunAsync(Job);

        Assert.Equal(6, second.ExitCode);
        Assert.Contains(_seeded.Ask<string>("SELECT id FROM drip_run")!, second.Output + second.Errors);
        Assert.Equal(BatchSize, _seeded.Ask<long>("SELECT sum(revision) FROM employees"));
    }

    [Fact]
    public async Task A_worker_that_died_in_its_pause_is_replaced_at_once()
    {
        var names = await SeedAsync();
        using (var first = _seeded.Start([.. Job, "--sleep", "10s"]))
        {
            Assert.True(await first.HasCommittedAsync(1));
            first.Kill();
            await first.EndAsync();
        }

        // The pause is the run's own, and stays with it unless another is asked for.
        Assert.Equal(0, (await _seeded.RunAsync([.. Job, "--sleep", "0ms"])).ExitCode);
        AssertDoneOnce(_seeded, names, "killed in a pause");
    }

    // Kills one or two workers, each after a random number of batches, and lets the last one finish. Returns how many died.
    private static async Task<int> KillAtRandomAsync(ShopFolder folder, Random random)
    {
        var (kills, died, target) = (random.Next(1, 3), 0, 0);
        for (var kill = 0; kill < kills; kill++)
        {
            target += random.Next(0, Batches / kills);
            using var process = folder.Start(Job);
            if (await process.HasCommittedAsync(target))
            {
                // Not always right behind a commit.
                Thread.SpinWait(random.Next(50_000));
                process.Kill();
            }

            var ended = await process.EndAsync();
            Assert.True(ended.ExitCode is 0 or 128 + 9, ended.Errors);
            if (ended.ExitCode != 0) died++;
            // It was faster: another worker would begin another run.
            if (IsCompleted(folder)) return died;
        }

        var end = await folder.RunAsync(Job);
        Assert.True(end.ExitCode == 0, end.Errors);
        return died;
    }

    private static bool IsCompleted(ShopFolder folder) =>
        folder.Ask<long>("SELECT count(*) FROM sqlite_master WHERE name = 'drip_run'") > 0
        && folder.Ask<long>("SELECT count(*) FROM drip_run WHERE status = 'completed'") > 0;

    // Makes the shop, and returns the names as a run that nobody disturbs leaves them.
    private async Task<string[]> SeedAsync()
    {
        var seeded = await _seeded.RunAsync("seed", "--employees", Employees.ToString(CultureInfo.InvariantCulture));
        Assert.True(seeded.ExitCode == 0, seeded.Errors);
        using var control = _seeded.Copy();
        var run = await control.RunAsync("run", "normalize-names");
        Assert.True(run.ExitCode == 0, run.Errors);
        return control.List<string>("SELECT name FROM employees ORDER BY id");
    }

    private static bool IgnoresInterrupts()
    {
        const string status = "/proc/self/status";
        const long interrupt = 1 << (2 - 1);
        if (!File.Exists(status)) return false;
        var line = File.ReadLines(status).First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal));
        return (long.Parse(line["SigIgn:".Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & interrupt) != 0;
    }

    private static void AssertDoneOnce(ShopFolder folder, string[] names, string when)
    {
        Assert.True(folder.Ask<string>("PRAGMA integrity_check") == "ok", when);
        var revisions = folder.List<(long, long)>("SELECT revision, count(*) FROM employees GROUP BY revision");
        Assert.True(revisions is [(1, Employees)], $"Rows were lost or repeated: {string.Join(", ", revisions)} (revision, rows): {when}");
        Assert.Equal(names, folder.List<string>("SELECT name FROM employees ORDER BY id"));

        // A kill behind the last commit leaves a finished walk, which the next start only closes.
        var runs = folder.List<(string Status, long Scanned, long Processed, long Batches)>("SELECT status, scanned, processed, batches FROM drip_run");
        Assert.True(runs is [("completed", Employees, Employees, Batches)], $"{string.Join(", ", runs)}: {when}");
        Assert.True(folder.List<(long, long, long)>("SELECT count(*), min(number), max(number) FROM drip_batch WHERE status = 'completed'") is [(Batches, 1, Batches)], when);
    }
}
