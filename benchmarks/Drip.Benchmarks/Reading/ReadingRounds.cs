using System.Data.Common;
using System.Diagnostics;
using Dapper;
using Drip.Benchmarks.Elements;
using Drip.Benchmarks.Employees;
using Drip.Benchmarks.Measuring;

namespace Drip.Benchmarks.Reading;

/// <summary>Lets three ways of reading one table take turns; each adds up what it read, and all sums must be equal.</summary>
internal static class ReadingRounds
{
    /// <summary>How many times as fast the codec is as the reader by hand, and as Dapper, in each round.</summary>
    public static (double[] ByHand, double[] Dapper) Run<TConnection>(
        Scale scale, TConnection connection, Func<TConnection, long> codec, Func<TConnection, long> byHand, Func<TConnection, long> dapper)
    {
        Func<TConnection, long>[] readers = [codec, byHand, dapper];
        var expected = codec(connection);
        List<double> overHand = [], overDapper = [];
        for (var round = -scale.WarmUps; round < scale.Rounds * 2; round++)
        {
            var seconds = new double[readers.Length];
            for (var i = 0; i < readers.Length; i++)
            {
                var turn = (i + round + scale.WarmUps) % readers.Length;
                seconds[turn] = Time(readers[turn], connection, expected);
            }

            if (round < 0) continue;
            overHand.Add(seconds[1] / seconds[0]);
            overDapper.Add(seconds[2] / seconds[0]);
        }

        return ([.. overHand], [.. overDapper]);
    }

    public static long WithDapper(DbConnection connection, string select)
    {
        long sum = 0;
        foreach (var row in connection.Query<DapperEmployee>(select, buffered: false))
        {
            sum += row.Id + row.Name.Length + (row.Department?.Length ?? 0) + row.Age + (row.Active ? 1 : 0);
        }

        return sum;
    }

    public static long Worth(Employee row) => row.Id + row.Name.Length + (row.Department?.Length ?? 0) + row.Age + (row.Active ? 1 : 0);

    private static double Time<TConnection>(Func<TConnection, long> read, TConnection connection, long expected)
    {
        GC.Collect();
        var start = Stopwatch.GetTimestamp();
        var sum = read(connection);
        var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return sum == expected ? elapsed : throw new InvalidOperationException($"A reader read {sum} and not {expected}.");
    }
}
