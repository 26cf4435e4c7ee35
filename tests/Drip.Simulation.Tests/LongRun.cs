using System.Diagnostics;
using System.Globalization;
using Drip.Simulation.Worlds;

namespace Drip.Simulation;

/// <summary><c>seeds FROM COUNT [MINUTES] [LINES]</c>: simulates seed after seed on all processors, until one fails or the time is over.</summary>
internal static class LongRun
{
    public static int Run(ReadOnlySpan<string> arguments)
    {
        var from = int.Parse(arguments[0], CultureInfo.InvariantCulture);
        var count = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        var minutes = arguments.Length > 2 ? double.Parse(arguments[2], CultureInfo.InvariantCulture) : double.MaxValue;
        var lines = arguments.Length > 3 ? int.Parse(arguments[3], CultureInfo.InvariantCulture) : 60;
        var clock = Stopwatch.StartNew();
        var next = from - 1;
        var (clean, steps, commits, digest) = (0, 0L, 0L, 0UL);
        var failed = new SortedDictionary<int, string>();

        void Work()
        {
            while (Interlocked.Increment(ref next) is var seed && seed < from + count && clock.Elapsed.TotalMinutes < minutes)
            {
                lock (failed)
                {
                    if (failed.Count > 0) return;
                }

                var outcome = SeedRun.Of(seed, lines);
                Interlocked.Add(ref steps, outcome.Steps);
                Interlocked.Add(ref commits, outcome.Commits);
                Interlocked.Add(ref digest, outcome.Digest);
                if (outcome.Problem is null) Interlocked.Increment(ref clean);
                else lock (failed) failed.Add(seed, outcome.Problem);
            }
        }

        var workers = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(Work)).ToArray();
        foreach (var worker in workers) worker.Start();
        foreach (var worker in workers) worker.Join();
        if (failed.Count > 0)
        {
            Console.WriteLine(failed.First().Value);
            return 1;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"seeds {from}..{from + clean - 1}: {clean} clean ({steps:N0} events, {commits:N0} commits, {clock.Elapsed.TotalSeconds:F0} s, digest {digest:x16})"));
        return 0;
    }
}
