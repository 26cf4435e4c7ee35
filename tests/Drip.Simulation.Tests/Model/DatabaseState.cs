using Drip.Data;
using Drip.Simulation.Checks;
using Drip.Simulation.Faults;
using Drip.Simulation.Scheduling;

namespace Drip.Simulation.Model;

/// <summary>What is committed in the model database, and who holds which lock.</summary>
internal sealed class DatabaseState(Locking locking, Service service, IReadOnlyList<long> keys, DataChecks checks)
{
    private readonly Dictionary<string, List<Cursor>> _cursors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<QuarantinedRow>> _quarantine = new(StringComparer.Ordinal);
    private readonly Dictionary<long, ModelTransaction> _rowLocks = [];
    private readonly Dictionary<(string Run, int Partition), ModelTransaction> _cursorLocks = [];
    private ModelTransaction? _writer;

    public Locking Locking => locking;

    public Service Service => service;

    /// <summary>The keys in scope, ascending.</summary>
    public IReadOnlyList<long> Keys => keys;

    /// <summary>Rows that the database refuses to change.</summary>
    public HashSet<long> Refused { get; } = [];

    public bool HasOneWriter => locking != Locking.Rows;

    public IReadOnlyList<Cursor> CursorsOf(string run) => _cursors.TryGetValue(run, out var cursors) ? [.. cursors.Select(WithRetries)] : [];

    public Cursor? CursorOf(string run, int partition) => CursorsOf(run).FirstOrDefault(cursor => cursor.Partition == partition);

    public IReadOnlyList<QuarantinedRow> QuarantineOf(string run) => _quarantine.TryGetValue(run, out var rows) ? rows : [];

    /// <summary>The keys in scope that lie in a range.</summary>
    public IEnumerable<long> KeysIn(KeyRange range)
    {
        if (range.Only is { } only) return keys.Where(key => key == At(only));
        var (after, to) = (At(range.After) ?? long.MinValue, At(range.To) ?? long.MaxValue);
        return keys.Where(key => key > after && key <= to);
    }

    public static long? At(Key? key) => key is null ? null : (long)key.Parts[0];

    /// <summary>Whether nobody else writes, where there is one writer.</summary>
    public bool CanWrite(ModelTransaction? who = null) => !HasOneWriter || _writer is null || _writer == who;

    public bool CanChangeRows(ModelTransaction who, IEnumerable<long> rows) => rows.All(row => !_rowLocks.TryGetValue(row, out var other) || other == who);

    public bool CanChangeCursor(string run, int partition, ModelTransaction? who = null) =>
        CanWrite(who) && (!_cursorLocks.TryGetValue((run, partition), out var other) || other == who);

    public bool CanChangeCursors(string run) => CanWrite() && _cursorLocks.Keys.All(place => place.Run != run);

    public void Begin(ModelTransaction who)
    {
        if (HasOneWriter) _writer = who;
    }

    public void LockRow(ModelTransaction who, long row)
    {
        if (!HasOneWriter) _rowLocks[row] = who;
    }

    public void LockCursor(ModelTransaction who, string run, int partition)
    {
        if (!HasOneWriter) _cursorLocks[(run, partition)] = who;
    }

    /// <summary>The transaction is over, whether it committed or not.</summary>
    public void Free(ModelTransaction who)
    {
        if (_writer == who) _writer = null;
        foreach (var (row, _) in _rowLocks.Where(held => held.Value == who).ToArray()) _rowLocks.Remove(row);
        foreach (var (place, _) in _cursorLocks.Where(held => held.Value == who).ToArray()) _cursorLocks.Remove(place);
        service.Freed();
    }

    public void SetCursor(Cursor cursor, string why)
    {
        if (!_cursors.TryGetValue(cursor.Run, out var cursors)) _cursors[cursor.Run] = cursors = [];
        var place = cursors.FindIndex(other => other.Partition == cursor.Partition);
        var before = place < 0 ? null : cursors[place];
        if (place < 0) cursors.Add(cursor);
        else cursors[place] = cursor;
        checks.CursorChanged(before, cursor, why);
    }

    /// <summary>Writes several cursors of a run; afterwards its partitions cover all keys, each once.</summary>
    public void SetCursors(IEnumerable<Cursor> changed, string why)
    {
        var run = "";
        foreach (var cursor in changed)
        {
            SetCursor(cursor, why);
            run = cursor.Run;
        }

        if (_cursors.TryGetValue(run, out var all)) checks.PartitionsChanged(all);
    }

    /// <summary>Makes a transaction's work part of what is committed.</summary>
    public void Commit(VirtualProcess who, Cursor? moved, TransactionWork work)
    {
        checks.Committing(who, moved is null ? null : CursorOf(moved.Run, moved.Partition), moved, work, moved is null ? [] : QuarantineOf(moved.Run));
        if (moved is null) return;
        foreach (var ((run, key), row) in work.Quarantine) SetQuarantined(run, key, row);
        SetCursors([moved], "moved");
        checks.Committed(moved, QuarantineOf(moved.Run));
    }

    public void SetQuarantined(string run, Key key, QuarantinedRow? row)
    {
        if (!_quarantine.TryGetValue(run, out var rows)) _quarantine[run] = rows = [];
        var place = rows.FindIndex(other => other.Key == key);
        if (row is null && place >= 0) rows.RemoveAt(place);
        else if (row is not null && place >= 0) rows[place] = row;
        else if (row is not null) rows.Add(row);
    }

    private Cursor WithRetries(Cursor cursor) =>
        cursor with { Retries = QuarantineOf(cursor.Run).Count(row => row.Partition == cursor.Partition && row.State == QuarantineState.Retry) };
}
