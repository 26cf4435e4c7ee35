using System.Diagnostics;
using Dapper;
using Drip.Benchmarks.Elements;
using Drip.Benchmarks.Employees;
using Drip.Benchmarks.Measuring;
using Drip.Benchmarks.Postgres.Elements;
using Drip.Benchmarks.Postgres.Servers;
using Drip.Postgres.Data;
using Npgsql;

namespace Drip.Benchmarks.Postgres.Reading;

/// <summary>Reading a whole table of PostgreSQL into row objects, one at a time: the generated codec, a reader by hand, Dapper.</summary>
internal sealed class PostgresReadingComparison(BenchServer server) : IComparison
{
    // What the check of the table finds out about these five columns.
    private static readonly Wire[] Wires = [Wire.Int64, Wire.Text, Wire.Text, Wire.Int32, Wire.Bool];

    public string Name => "PostgreSQL reading rows";

    public async Task<IReadOnlyList<Measure>> RunAsync(Scale scale, Scratch scratch)
    {
        var template = await EmployeeDatabase.MakeAsync(server, scale.Rows);
        await using var copy = await template.CopyAsync();
        await using var connection = new NpgsqlConnection(copy.Address + ";Pooling=false");
        await connection.OpenAsync();
        Func<NpgsqlConnection, long>[] readers = [WithCodec, ByHand, WithDapper];

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

        return
        [
            Measure.OfRounds(Name, "hand-written NpgsqlDataReader", [.. byHand], 1),
            Measure.OfRounds(Name, "Dapper, unbuffered", [.. dapper], 1.5),
        ];
    }

    private static double Time(Func<NpgsqlConnection, long> read, NpgsqlConnection connection, long expected)
    {
        GC.Collect();
        var start = Stopwatch.GetTimestamp();
        var sum = read(connection);
        var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return sum == expected ? elapsed : throw new InvalidOperationException($"A reader read {sum} and not {expected}.");
    }

    private static long WithCodec(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(HandElements.Select, connection);
        using var records = command.ExecuteReader();
        var reader = new PostgresRowReader(records, Wires);
        long sum = 0;
        while (records.Read()) sum += Worth(Read<Employee>(ref reader));
        return sum;
    }

    private static T Read<T>(ref PostgresRowReader reader) where T : IModel<T> => T.Read(ref reader);

    private static long ByHand(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(HandElements.Select, connection);
        using var reader = command.ExecuteReader();
        long sum = 0;
        while (reader.Read())
        {
            sum += Worth(new Employee(
                reader.GetInt64(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetInt32(3), reader.GetBoolean(4)));
        }

        return sum;
    }

    private static long WithDapper(NpgsqlConnection connection)
    {
        long sum = 0;
        foreach (var row in connection.Query<DapperEmployee>(HandElements.Select, buffered: false))
        {
            sum += row.Id + row.Name.Length + (row.Department?.Length ?? 0) + row.Age + (row.Active ? 1 : 0);
        }

        return sum;
    }

    private static long Worth(Employee row) => row.Id + row.Name.Length + (row.Department?.Length ?? 0) + row.Age + (row.Active ? 1 : 0);
}
