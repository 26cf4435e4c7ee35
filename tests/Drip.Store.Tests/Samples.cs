using System.Globalization;
using Drip.Data;
using Drip.Runs;

namespace Drip.Store.Tests;

/// <summary>Runs, batches and moments to arrange tests with.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Noon = new DateTimeOffset(2030, 1, 15, 12, 0, 0, TimeSpan.Zero).AddTicks(1234560);

    public static readonly RunCounters SomeCounters = new(30, 20, 3, 100, TimeSpan.FromMilliseconds(812));

    public static readonly RunError SomeError = new("System.FormatException", "No digits in 'x'.", "at Shop.AddRole", "(eu, 7)");

    public static Run ARun(string id = "run0000001", string job = "add-role", string options = "{}", RunStatus status = RunStatus.Enqueued) => new()
    {
        Id = id,
        Job = job,
        Options = options,
        Status = status,
        BatchSize = 1000,
        CreatedAt = Noon,
    };

    /// <summary>A run whose options differ from every other's, so that the guard against duplicates does not see it.</summary>
    public static Run ADistinctRun(int number, RunStatus status = RunStatus.Enqueued, string job = "add-role") =>
        ARun(Id(number), job, string.Create(CultureInfo.InvariantCulture, $$"""{"n":"{{number}}"}"""), status);

    public static LeaseClaim ALease(string owner, DateTimeOffset now) => new(owner, now, TimeSpan.FromSeconds(30));

    public static string Id(int number) => number.ToString("'r'000000000", CultureInfo.InvariantCulture);

    public static BatchRecord ABatch(long number, string run = "run0000001", RunStatus status = RunStatus.Completed, RunError? error = null) =>
        new(run, number, status, From: null, To: "10", Size: 10, Processed: 9, Noon, Noon.AddMilliseconds(5), error);
}
