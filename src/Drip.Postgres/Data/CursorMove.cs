using Drip.Data;
using Npgsql;

namespace Drip.Postgres.Data;

/// <summary>
/// Moves a cursor, if its epoch, its end and the number of its batches still hold: in the middle of a transaction, or as the end of one in a single message.
/// One instance serves one connection.
/// </summary>
internal sealed class CursorMove : IAsyncDisposable
{
    private readonly NpgsqlCommand _move;
    private readonly CursorParameters _moved;
    private readonly NpgsqlBatch _end;
    private readonly NpgsqlBatchCommand _last;
    private readonly CursorParameters _lastMoved;

    public CursorMove(PostgresDatabase database, NpgsqlConnection connection)
    {
        var update = CursorParameters.Update(database);
        _move = new NpgsqlCommand(update, connection);
        _moved = new CursorParameters(_move.Parameters);

        // What follows a statement that fails is not executed, and so a cursor that does not move must fail: the COMMIT is on its way already.
        _last = new NpgsqlBatchCommand($"WITH moved AS ({update} RETURNING 1) SELECT 1 / count(*) FROM moved");
        _lastMoved = new CursorParameters(_last.Parameters);
        _end = new NpgsqlBatch(connection);
    }

    /// <summary>Moves the cursor, in the transaction that the connection is in; false if it is not what it was any more.</summary>
    /// <param name="cursor">The cursor.</param>
    /// <param name="before">How many batches it has until then; null for any number.</param>
    /// <param name="cancellationToken">Cancels waiting for the answer.</param>
    public async ValueTask<bool> ExecuteAsync(Cursor cursor, long? before, CancellationToken cancellationToken)
    {
        _moved.Bind(cursor, before);
        return await _move.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) == 1;
    }

    /// <summary>
    /// Moves the cursor and commits, in one message; false if it is not what it was any more. Then nothing is committed, and the transaction is one that
    /// has failed.
    /// </summary>
    /// <param name="cursor">The cursor.</param>
    /// <param name="before">How many batches it has until then; null for any number.</param>
    /// <param name="ahead">Where to look for the next page, behind the commit; null for nowhere.</param>
    /// <param name="cancellationToken">Cancels waiting for the answer.</param>
    public async ValueTask<bool> CommitAsync(Cursor cursor, long? before, PageAhead? ahead, CancellationToken cancellationToken)
    {
        // A new one, because it is told when it was executed.
        var commit = new NpgsqlBatchCommand("COMMIT");
        _lastMoved.Bind(cursor, before);
        _end.BatchCommands.Clear();
        _end.BatchCommands.Add(_last);
        _end.BatchCommands.Add(commit);
        if (ahead is not null) _end.BatchCommands.Add(ahead.Look.Part);
        NpgsqlDataReader? answer = null;
        try
        {
            answer = await _end.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            if (await answer.NextResultAsync(cancellationToken).ConfigureAwait(false) && ahead is not null) await ahead.ReadAsync(answer, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException error) when (answer is null && error.SqlState == PostgresErrorCodes.DivisionByZero)
        {
            // There is no answer before that of the first statement.
            return false;
        }
        catch (PostgresException) when (commit.StatementType != StatementType.Unknown)
        {
            // It is done, and the statement behind it has failed. The page is looked for again by the batch whose it is, and fails there if it does again.
        }
        finally
        {
            if (answer is not null) await answer.DisposeAsync().ConfigureAwait(false);
        }

        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await _move.DisposeAsync().ConfigureAwait(false);
        await _end.DisposeAsync().ConfigureAwait(false);
    }
}
