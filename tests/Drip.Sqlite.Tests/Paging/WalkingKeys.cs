using Drip.Runs;

namespace Drip.Sqlite.Tests.Paging;

public sealed class WalkingKeys
{
    public static TheoryData<string, string, bool> Cases()
    {
        var data = new TheoryData<string, string, bool>();
        foreach (var name in KeyCase.All.Keys)
        {
            foreach (var form in (string[])["", "-batches"])
            {
                data.Add(name, form, false);
                data.Add(name, form, true);
            }
        }

        return data;
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task Every_row_in_scope_is_touched_exactly_once_and_none_outside(string name, string form, bool shrinks)
    {
        var keys = KeyCase.All[name];
        foreach (var batchSize in (int[])[1, 2, 7, 1000])
        {
            await using var bench = keys.Lay();
            bench.Services.Add(new Walk { Shrinks = shrinks });

            var run = await bench.RunAsync(keys.Job + form, batchSize);

            Assert.Null(run.Error);
            var wanted = bench.Ask<long>($"SELECT count(*) FROM {keys.TableName} WHERE wanted");
            Assert.Equal((wanted, wanted), (run.Counters.Scanned, run.Counters.Processed));
            Assert.Equal(0, bench.Ask<long>($"SELECT count(*) FROM {keys.TableName} WHERE revision <> wanted"));
            Assert.Equal((wanted + batchSize - 1) / batchSize, run.Counters.Batches);
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task A_walk_that_stops_after_each_batch_goes_on_from_the_stored_key(string name, string form, bool shrinks)
    {
        var keys = KeyCase.All[name];
        await using var bench = keys.Lay();
        bench.Services.Add(new Walk { Shrinks = shrinks });

        Run run;
        do
        {
            using var drain = new CancellationTokenSource();
            var held = await bench.StartAsync(keys.Job + form, batchSize: 2);
            run = await bench.Engine().ExecuteAsync(
                held, progress => drain.CancelAfter(progress.Counters.Batches > held.Run.Counters.Batches ? TimeSpan.Zero : Timeout.InfiniteTimeSpan), drain.Token, default);
        }
        while (run.Status == RunStatus.Running);

        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal(0, bench.Ask<long>($"SELECT count(*) FROM {keys.TableName} WHERE revision <> wanted"));
    }
}
