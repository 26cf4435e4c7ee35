using System.Data.Common;
using Drip.Data;
using Drip.Simulation.Faults;
using Drip.Simulation.Scheduling;

namespace Drip.Simulation.Model;

/// <summary>A transaction of the model database: what it does is seen by others when it commits, and never if its process dies first.</summary>
internal sealed class ModelTransaction : IBatchTransaction<Item>
{
    /// <summary>How long a server lets a transaction stand idle.</summary>
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(20);

    private readonly DatabaseState _state;
    private readonly Network _network;
    private readonly Schedule _schedule;
    private readonly VirtualProcess _process;
    private readonly List<Action> _onCommit = [];
    private TransactionWork _work = new();
    private TransactionWork? _saved;
    private Cursor? _moved;
    private bool _isOpen;
    private int _used;

    public ModelTransaction(DatabaseState state, Network network, Schedule schedule, VirtualProcess process)
    {
        (_state, _network, _schedule, _process) = (state, network, schedule, process);
        Transaction = new ModelDbTransaction(this);
    }

    public DbConnection Connection => Transaction.Connection!;

    public DbTransaction Transaction { get; }

    public VirtualProcess Process => _process;

    /// <summary>Whether its connection is there.</summary>
    public bool IsOpen => _isOpen;

    public bool Begin()
    {
        // Its sender is dead, or has given up, and the message has only now arrived.
        if (_process.IsDead) return false;
        _isOpen = true;
        _state.Begin(this);
        _process.Died += End;
        return true;
    }

    public ValueTask<PageEnd> FindPageAsync(KeyRange range, int size, CancellationToken cancellationToken) =>
        SendAsync("find page", () => Page(range, size), cancellationToken);

    public ValueTask<PageEnd> ReadPageAsync(KeyRange range, Memory<Item> buffer, CancellationToken cancellationToken) =>
        SendAsync("read page", () => Read(range, buffer), cancellationToken);

    public ValueTask<IReadOnlyList<Key>> ReadKeysAsync(KeyRange range, int size, CancellationToken cancellationToken) =>
        SendAsync<IReadOnlyList<Key>>("read keys", () => [.. _state.KeysIn(range).Take(size).Select(key => (Key)key)], cancellationToken);

    public int ReadRange(KeyRange range, Memory<Item> buffer) => Read(range, buffer).Count;

    public ValueTask<int> UpdateAsync(SqlText set, KeyRange range, CancellationToken cancellationToken) =>
        SendAsync($"update {Show(range)}", () => Update(range), cancellationToken, () => _state.CanChangeRows(this, _state.KeysIn(range)));

    public ValueTask<int> DeleteAsync(KeyRange range, CancellationToken cancellationToken) =>
        throw new NotSupportedException("No job of the simulation deletes rows.");

    public async ValueTask WriteAsync<TOther>(Changes<TOther> changes, CancellationToken cancellationToken) where TOther : IModel<TOther> =>
        await SendAsync("write", () => Write(changes), cancellationToken, () => _state.CanChangeRows(this, changes.List.Select(RowOf))).ConfigureAwait(false);

    public async ValueTask SaveAsync(CancellationToken cancellationToken) =>
        await SendAsync("save", () => (_saved = _work.Copy()) is not null, cancellationToken).ConfigureAwait(false);

    public ValueTask<bool> RestoreAsync(CancellationToken cancellationToken) => SendAsync("restore", Restore, cancellationToken);

    public async ValueTask KeepAsync(CancellationToken cancellationToken) =>
        await SendAsync("keep", () => (_saved = null) is null, cancellationToken).ConfigureAwait(false);

    public async ValueTask QuarantineAsync(QuarantinedRow row, CancellationToken cancellationToken) =>
        await SendAsync($"quarantine {row.Key}", () => Quarantine(row), cancellationToken).ConfigureAwait(false);

    public async ValueTask SettleAsync(string run, Key key, CancellationToken cancellationToken) =>
        await SendAsync($"settle {key}", () => (_work.Quarantine[(run, key)] = null) is null, cancellationToken).ConfigureAwait(false);

    public ValueTask<QuarantinedRow?> FindRetryAsync(string run, int partition, CancellationToken cancellationToken) =>
        SendAsync("find retry", () => QuarantineOf(run).FirstOrDefault(row => row.Partition == partition && row.State == QuarantineState.Retry), cancellationToken);

    public ValueTask<long> CountQuarantinedAsync(string run, CancellationToken cancellationToken) =>
        SendAsync("count quarantined", () => QuarantineOf(run).LongCount(row => row.State != QuarantineState.Skipped), cancellationToken);

    public ValueTask<bool> MoveCursorAsync(Cursor cursor, CancellationToken cancellationToken) =>
        SendAsync($"move p{cursor.Partition} e{cursor.Epoch} to {cursor.After}", () => Move(cursor), cancellationToken, () => _state.CanChangeCursor(cursor.Run, cursor.Partition, this));

    public async ValueTask CommitAsync(CancellationToken cancellationToken) => await SendAsync("commit", Commit, cancellationToken).ConfigureAwait(false);

    /// <summary>Lets the store write in this transaction.</summary>
    public void OnCommit(Action act) => _onCommit.Add(act);

    public ValueTask<T> SendAsync<T>(string what, Func<T> effect, CancellationToken cancellationToken, Func<bool>? isFree = null)
    {
        var used = ++_used;
        if (_state.Service.IsRemote)
        {
            _schedule.After(IdleTimeout, null, () =>
            {
                if (used == _used && _isOpen) _schedule.Tell(_process, "its idle transaction is ended by the server");
                if (used == _used) End();
            });
        }

        return AnswerAsync();

        async ValueTask<T> AnswerAsync()
        {
            try
            {
                return await _network.SendAsync(_process, _state.Service, what, () => _isOpen ? effect() : throw _state.Service.ConnectionLost(), cancellationToken, isFree is null ? null : () => !_isOpen || isFree())
                    .ConfigureAwait(false);
            }
            catch (DripException) when (_state.Service.IsRemote)
            {
                // The connection is broken, and its transaction with it.
                End();
                throw;
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        if (!_process.IsDead) End();
        return default;
    }

    private void End()
    {
        _used++;
        if (!_isOpen) return;
        _isOpen = false;
        _process.Died -= End;
        _state.Free(this);
    }

    private PageEnd Page(KeyRange range, int size)
    {
        var page = _state.KeysIn(range).Take(size).ToArray();
        return page.Length == 0 ? default : new PageEnd(page[^1], page.Length);
    }

    private PageEnd Read(KeyRange range, Memory<Item> buffer)
    {
        var page = Page(range, buffer.Length);
        var place = 0;
        foreach (var key in _state.KeysIn(range).Take(buffer.Length)) buffer.Span[place++] = new Item(key, _work.Touches.GetValueOrDefault(key));
        return page;
    }

    // A statement changes all of its rows, or none.
    private int Update(KeyRange range)
    {
        var rows = _state.KeysIn(range).ToArray();
        foreach (var row in rows) ThrowIfRefused(row);
        foreach (var row in rows) Touch(row);
        return rows.Length;
    }

    private bool Write<TOther>(Changes<TOther> changes) where TOther : IModel<TOther>
    {
        for (var i = 0; i < changes.List.Count; i++)
        {
            changes.InHand = i;
            var row = RowOf(changes.List[i]);
            ThrowIfRefused(row);
            Touch(row);
        }

        changes.InHand = -1;
        return true;
    }

    private static long RowOf<TOther>(Change<TOther> change) where TOther : IModel<TOther> => DatabaseState.At(TOther.KeyOf(change.Row!))!.Value;

    private void ThrowIfRefused(long row)
    {
        if (_state.Refused.Contains(row)) throw new InvalidOperationException($"CHECK constraint failed: {row}");
    }

    private void Touch(long row)
    {
        _state.LockRow(this, row);
        _work.Touches[row] = _work.Touches.GetValueOrDefault(row) + 1;
    }

    private bool Restore()
    {
        _work = _saved ?? throw new SimulationFailure("The engine restores a place that it has not saved.");
        _saved = null;
        return true;
    }

    private bool Quarantine(QuarantinedRow row)
    {
        var there = QuarantineOf(row.Run).FirstOrDefault(other => other.Key == row.Key);
        _work.Quarantine[(row.Run, row.Key)] = row with { Attempts = there is null ? row.Attempts : there.Attempts + 1, State = QuarantineState.Open };
        return true;
    }

    private IEnumerable<QuarantinedRow> QuarantineOf(string run)
    {
        foreach (var row in _state.QuarantineOf(run))
        {
            if (!_work.Quarantine.TryGetValue((run, row.Key), out var mine)) yield return row;
            else if (mine is not null) yield return mine;
        }

        foreach (var ((of, key), mine) in _work.Quarantine)
        {
            if (of == run && mine is not null && _state.QuarantineOf(run).All(row => row.Key != key)) yield return mine;
        }
    }

    private bool Move(Cursor cursor)
    {
        var now = _state.CursorOf(cursor.Run, cursor.Partition);
        if (now?.Epoch != cursor.Epoch || now.Upper != cursor.Upper) return false;
        _state.LockCursor(this, cursor.Run, cursor.Partition);
        _moved = now with
        {
            After = cursor.After, Scanned = cursor.Scanned, Processed = cursor.Processed, Batches = cursor.Batches, Active = cursor.Active, Untold = cursor.Untold,
            Quarantined = cursor.Quarantined, IsDone = cursor.IsDone, LeaseUntil = cursor.LeaseUntil, Rescues = 0,
        };
        return true;
    }

    private bool Commit()
    {
        _state.Commit(_process, _moved, _work);
        foreach (var act in _onCommit) act();
        End();
        return true;
    }

    private static string Show(KeyRange range) => range.Only is { } only ? $"{only}" : $"({range.After}..{range.To}]";
}
