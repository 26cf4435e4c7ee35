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
        var (byHand, dapper) = ReadingRounds.Run(scale, connection, WithCodec, ByHand, each => ReadingRounds.WithDapper(each, DapperElements.Select));
        return Task.FromResult<IReadOnlyList<Measure>>(
        [
            Measure.OfRounds(Name, "hand-written SqliteDataReader", byHand, 1.3),
            Measure.OfRounds(Name, "Dapper, unbuffered", dapper, 1.5),
        ]);
    }

    private static long WithCodec(SqliteConnection connection)
    {
        using var statement = new Statement(connection, DapperElements.Select);
        var reader = new SqliteRowReader(statement.Handle);
        long sum = 0;
        while (statement.Step()) sum += ReadingRounds.Worth(Read<Employee>(ref reader));
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
            sum += ReadingRounds.Worth(new Employee(
                reader.GetInt64(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetInt32(3), reader.GetBoolean(4)));
        }

        return sum;
    }
}
