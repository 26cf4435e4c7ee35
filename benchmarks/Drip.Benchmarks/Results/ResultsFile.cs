using System.Globalization;
using System.Text;
using Drip.Benchmarks.Measuring;

namespace Drip.Benchmarks.Results;

/// <summary>Writes <c>benchmarks/RESULTS.md</c>.</summary>
internal static class ResultsFile
{
    private const string Notes = """
        ## What was compared

        - Contestants take turns, each on a fresh copy of one database file that is on the disk and in memory; the order changes
          from round to round. A ratio is taken within a round, and the median of the rounds counts. Opening, closing and the
          last checkpoint are part of every time.
        - All use the same SQLite library, a write-ahead log, `synchronous=FULL`, pages of 4,096 bytes, and a checkpoint about every
          1,000 pages (the peers SQLite's own, Drip the one on its writer connection). All write their progress in the
          transaction of each batch of 1,000 rows; the one `UPDATE` of the whole table has none.
        - Drip runs as in a worker: through its engine, with the store in the same file. So it also keeps a row for each batch and
          the run's counters, and it counts the table's rows on a second connection, which the peers do not.
        - After every turn a hash over all rows in key order, and the number of rows touched, must equal those of the other contestants.
        - The hand-written loops reuse prepared commands and lists, find the end of a page with one query, and read through typed
          getters. Dapper takes part buffered and unbuffered; the faster of the two counts. Its rows are changed in place, Drip's and the
          hand-written loop's are copied by `with`.
        - Lease and fence: the same engine, once with a cursor that moves only for its epoch and its end, a lease that is written with
          each batch and renewed every 100 ms (100 times as often as by default), once without any of that.
        - Hook dispatch: what a look at the set of hooks costs beyond an empty loop, and what the call of a hook through the engine's
          dispatch costs beyond the direct call; medians of rounds of 20 million.
        - Cold start is the time from the start of the process to the answer of `shop run normalize-names --limit 1 --json`. The binary is
          published for .NET 9, the worker under JIT runs on the runtime named above.
        - Peak memory is `VmHWM` of a process of its own that runs the element backfill.
        - PostgreSQL: a server of the benchmarks' own on the same machine, with `fsync` and `synchronous_commit` on, reached over TCP.
          Each turn has a copy of one database, made by copying its files, which ends with a checkpoint; cleaning up in the background
          is off for the table. The tables that hold progress, Drip's as the peers', are in the copy; connecting is part of every time.
        - The loops on PostgreSQL are asynchronous. Those by hand prepare their statements, move a row of progress under a condition in
          the transaction of each batch, and lock the rows that they read (`FOR NO KEY UPDATE`), as Dapper's loop does and Drip does; EF Core's
          does not lock. EF Core keeps one context and forgets what it tracked after each batch. Dapper, which is slow here and only
          reported, takes part in one round.
        - Reading on PostgreSQL: one query of the whole table on one open connection. Allocation is that of the whole run.
        - Partitions: one process with one walk and with two over the same run. With two, the walks and the server's two processes
          share the machine's cores, so on two cores only what a walk waits for can be shared out: the commits, and what the author's code waits
          for. The first row has such code, the second has none.
        - Claims: 16 workers in one process, each taking one run after the other through the store, from a table with as many runs that are
          over as runs to take; each claim is a transaction of its own that is on the disk before the worker has it, and writes the run's
          event. The hand-written statement writes no event and keeps no watermark; each of its workers has a connection of its own.
        - The transaction that is held open has a snapshot from before the first claim, so that no dead row can be removed; what counts
          is the slowest whole second.
        - The generators run in this process on a warm Roslyn 4.14; half of the classes are models, half are backfills.

        ## How to repeat it

        `eng/bench` takes these measurements and writes this file; `eng/bench --quick` takes about 5 minutes, with fewer rows and
        rounds. `--only NAME` measures one comparison and leaves this file alone; `--json FILE` writes the table for other programs.
        """;

    public static void Write(string path, Scale scale, IReadOnlyList<(string What, string Which)> machine, IEnumerable<Measure> measures)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # Results

            Ratios, not times: how many times the peer's rate Drip's is, on the same rows, at the same durability, in the same run. Where it says
            "at most", less is better. Written by `eng/bench{(scale == Scale.Quick ? " --quick" : "")}` ({scale.Rows:N0} rows, {scale.BatchRows:N0} in the batch backfill, {scale.Rounds} rounds).

            | what | against | ratio | rounds | target | met |
            |---|---|---:|---:|---:|---|

            """);
        foreach (var measure in measures)
        {
            var spread = measure.Spread is var (low, high) ? $"{Results.Text.Number(low, "")} – {Results.Text.Number(high, "")}" : "";
            text.Append(CultureInfo.InvariantCulture,
                $"| {measure.Name} | {measure.Peer} | **{Results.Text.Number(measure.Ratio, measure.Unit)}** | {spread} | {Results.Text.Target(measure)} | {Results.Text.Met(measure)} |\n");
        }

        text.Append("\n## Environment\n\n");
        foreach (var (what, which) in machine) text.Append(CultureInfo.InvariantCulture, $"- {what}: {which}\n");
        text.Append('\n').Append(Notes).Append('\n');
        File.WriteAllText(path, text.ToString().ReplaceLineEndings("\n"));
    }
}
