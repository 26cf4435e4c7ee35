using Drip.Benchmarks.Employees;
using Drip.Benchmarks.Measuring;
using Drip.Benchmarks.Postgres.Elements;
using Drip.Benchmarks.Postgres.Servers;
using Drip.Benchmarks.Reading;
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
        var (byHand, dapper) = ReadingRounds.Run(scale, connection, WithCodec, ByHand, each => ReadingRounds.WithDapper(each, HandElements.Select));
        return
        [
            Measure.OfRounds(Name, "hand-written NpgsqlDataReader", byHand, 1),
            Measure.OfRounds(Name, "Dapper, unbuffered", dapper, 1.5),
        ];
    }

    private static long WithCodec(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(HandElements.Select, connection);
        using var records = command.ExecuteReader();
        var reader = new PostgresRowReader(records, Wires);
        long sum = 0;
        while (records.Read()) sum += ReadingRounds.Worth(Read<Employee>(ref reader));
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
            sum += ReadingRounds.Worth(new Employee(
                reader.GetInt64(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetInt32(3), reader.GetBoolean(4)));
        }

        return sum;
    }
}
