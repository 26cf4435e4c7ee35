using System.Diagnostics;
using Dapper;
using Drip.Benchmarks.Elements;
using Drip.Benchmarks.Employees;
using Drip.Benchmarks.Measuring;
using Drip.Sqlite.Data;
using Microsoft.Data.Sqlite;

namespace Drip.Benchmarks.Reading;

/// <summary>Reading a whole table into row objects, one at a time: the generated codec, a reader by hand, Dapper.</summary>
internal sealed class ReadingComparison : IComparison
{
    public string Name => "reading rows";

    public Task<IReadOnlyList<Measure>> RunAsync(Scale scale, Scratch scratch)
    {
        var file = EmployeeFile.Make(scratch, scale.Rows);
        using var connection = new SqliteConnection($"Data Source={file.Path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        Func<SqliteConnection, long>[] readers = [WithCodec, ByHand, WithDapper];

        var expected = WithCodec(connection);
        List<double> byHand = [], dapper = [];
        for (var round = -scale.WarmUps; round < scale.Rounds * 2; round++)
        {
            var seconds = new double[readers.Length];
            for (var i = 0; i < readers.Length; i++)
            {
                var turn = (i + round + scale.WarmUps) % readers.Length;
                seconds[turn] = Time(readers[turn], connection, expected);
            }

            if (round < 0) continue;
            byHand.Add(seconds[1] / seconds[0]);
            dapper.Add(seconds[2] / seconds[0]);
        }

        return Task.FromResult<IReadOnlyList<Measure>>(
        [
            Measure.OfRounds(Name, "hand-written SqliteDataReader", [.. byHand], 1.3),
            Measure.OfRounds(Name, "Dapper, unbuffered", [.. dapper], 1.5),
        ]);
    }

    private static double Time(Func<SqliteConnection, long> read, SqliteConnection connection, long expected)
    {
        GC.Collect();
        var start = Stopwatch.GetTimestamp();
        var sum = read(connection);
        var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return sum == expected ? elapsed : throw new InvalidOperationException($"A reader read {sum} and not {expected}.");
    }

    private static long WithCodec(SqliteConnection connection)
    {
        using var statement = new Statement(connection, DapperElements.Select);
        var reader = new SqliteRowReader(statement.Handle);
        long sum = 0;
        while (statement.Step()) sum += Worth(Read<Employee>(ref reader));
        return sum;
    }

    private static T Read<T>(ref SqliteRowReader reader) where T : IModel<T> => T.Read(ref reader);

    private static long ByHand(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = DapperElements.Select;
        using var reader = command.ExecuteReader();
        long sum = 0;
        while (reader.Read())
        {
            sum += Worth(new Employee(
                reader.GetInt64(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetInt32(3), reader.GetBoolean(4)));
        }

        return sum;
    }

    private static long WithDapper(SqliteConnection connection)
    {
        long sum = 0;
        foreach (var row in connection.Query<DapperEmployee>(DapperElements.Select, buffered: false))
        {
            sum += row.Id + row.Name.Length + (row.Department?.Length ?? 0) + row.Age + (row.Active ? 1 : 0);
        }

        return sum;
    }

    private static long Worth(Employee row) => row.Id + row.Name.Length + (row.Department?.Length ?? 0) + row.Age + (row.Active ? 1 : 0);
}
