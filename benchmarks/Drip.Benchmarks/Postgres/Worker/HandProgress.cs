using Npgsql;

namespace Drip.Benchmarks.Postgres.Worker;

/// <summary>
/// What the loops that are written by hand share: one connection, and the row that says how far the job is, moved in the
/// transaction of each batch, and only for the worker whose epoch it has.
/// </summary>
internal sealed class HandProgress : IAsyncDisposable
{
    private const long Epoch = 1;

    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlCommand _move;
    private readonly NpgsqlParameter<long> _after = new();

    private HandProgress(NpgsqlDataSource source, NpgsqlConnection connection, string job)
    {
        (_source, Connection) = (source, connection);
        _move = new NpgsqlCommand(MoveText, connection) { Parameters = { _after, new NpgsqlParameter<string> { TypedValue = job }, Of(Epoch) } };
    }

    /// <summary>Moves the row, if it is still this worker's.</summary>
    public const string MoveText = "UPDATE progress SET after = $1 WHERE job = $2 AND epoch = $3";

    public NpgsqlConnection Connection { get; }

    /// <summary>The last key that was committed.</summary>
    public long After { get; private set; }

    /// <param name="address">The database.</param>
    /// <param name="job">Whose progress; each walk has its own.</param>
    /// <param name="after">The key behind which the walk begins.</param>
    public static async Task<HandProgress> OpenAsync(string address, string job, long after = 0)
    {
        // As small as a program that is made for this: the slim builder, and no pool to speak of.
        var builder = new NpgsqlSlimDataSourceBuilder(address);
        builder.EnableArrays();
        var source = builder.Build();
        var connection = await source.OpenConnectionAsync();
        await using (var begin = new NpgsqlCommand("INSERT INTO progress VALUES ($1, $2, $3)", connection))
        {
            begin.Parameters.Add(new NpgsqlParameter<string> { TypedValue = job });
            begin.Parameters.Add(Of(after));
            begin.Parameters.Add(Of(Epoch));
            await begin.ExecuteNonQueryAsync();
        }

        var progress = new HandProgress(source, connection, job) { After = after };
        await progress._move.PrepareAsync();
        return progress;
    }

    /// <summary>A statement that is prepared and kept.</summary>
    public async Task<NpgsqlCommand> PrepareAsync(string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlCommand(sql, Connection);
        command.Parameters.AddRange(parameters);
        await command.PrepareAsync();
        return command;
    }

    public static NpgsqlParameter<long> Of(long value) => new() { TypedValue = value };

    public static NpgsqlParameter<int> Of(int value) => new() { TypedValue = value };

    /// <summary>Moves the row and commits.</summary>
    public async Task CommitAsync(NpgsqlTransaction transaction, long after)
    {
        _after.TypedValue = after;
        if (await _move.ExecuteNonQueryAsync() != 1) throw new InvalidOperationException("The lease was lost.");
        await transaction.CommitAsync();
        After = after;
    }

    public async ValueTask DisposeAsync()
    {
        await _move.DisposeAsync();
        await Connection.DisposeAsync();
        await _source.DisposeAsync();
    }
}
