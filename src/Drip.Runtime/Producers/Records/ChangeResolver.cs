using Drip.Producers.Versions;

namespace Drip.Producers.Records;

/// <summary>
/// Turns what a step asked for into changes of the records as they are now. Nothing is written; either all changes can be made, or the step
/// fails. Used under the lock of <see cref="RecordTables"/>.
/// </summary>
/// <param name="nameOf">Names the step that wrote a version, for people.</param>
internal sealed class ChangeResolver(Func<long, string> nameOf)
{
    private int[] _slots = new int[8];

    /// <summary>The slots of the changes that were resolved last; -1 for a record that is created. The caller fills in what follows.</summary>
    public Span<int> Slots => _slots;

    /// <summary>The changes that can be made, with room for <paramref name="more"/> behind them.</summary>
    /// <param name="pending">What the step asked for.</param>
    /// <param name="more">How many changes follow.</param>
    /// <param name="step">Names the step, for people.</param>
    /// <param name="count">How many changes were resolved.</param>
    /// <exception cref="DripException">Another step changed the same, and the policy is to reject it.</exception>
    public RecordChange[] Resolve(ReadOnlySpan<PendingChange> pending, int more, string step, out int count)
    {
        count = 0;
        Reserve(pending.Length + more);
        var changes = new RecordChange[pending.Length + more];
        foreach (ref readonly var change in pending)
        {
            if (change.IsVoid) continue;
            if (Resolve(change, step, out var slot) is not { } resolved) continue;
            _slots[count] = slot;
            changes[count++] = resolved;
        }

        if (count < pending.Length) Array.Resize(ref changes, count + more);
        return changes;
    }

    /// <summary>Makes room for the slots of so many changes; what a very large step needed is given back.</summary>
    public void Reserve(int changes)
    {
        if (_slots.Length < changes || _slots.Length > 4096) _slots = new int[Math.Max(8, changes)];
    }

    private RecordChange? Resolve(in PendingChange change, string step, out int slot)
    {
        var table = change.Table;
        slot = table.Find(change.Id);
        var now = slot < 0 ? null : table.Newest(slot);
        switch (change.Kind)
        {
            case RecordChangeKind.Create:
                slot = -1;
                if (now is { Kind: not RecordEntryKind.Deleted }) throw Mistakes.Exists(table, change.Id, nameOf(now.Version));
                return new RecordChange(table.Model, RecordChangeKind.Create, change.Id, default, null, change.After);
            case RecordChangeKind.Delete:
                // Somebody else deleted it: both steps have what they want.
                return now is null or { Kind: RecordEntryKind.Deleted }
                    ? null
                    : new RecordChange(table.Model, RecordChangeKind.Delete, change.Id, default, now.Value, null);
            default:
                return Update(table, change, now, step);
        }
    }

    private RecordChange? Update(RecordTable table, in PendingChange change, RecordEntry? now, string step)
    {
        if (now == change.Seen)
        {
            return change.Columns.IsEmpty
                ? null
                : new RecordChange(table.Model, RecordChangeKind.Update, change.Id, change.Columns, now!.Value, change.After);
        }

        for (var entry = now; entry != change.Seen; entry = entry.Older)
        {
            if (entry is null or { Kind: RecordEntryKind.Deleted }) throw Mistakes.Deleted(table, change.Id, entry is null ? "another step" : nameOf(entry.Version), step);
            if (entry.Older is { Kind: not RecordEntryKind.Deleted } before) Check(table, change, entry, table.Diff(before.Value, entry.Value), step);
        }

        var after = table.Merge(now!.Value, change.Seen!.Value, change.After!, change.Columns);
        var columns = table.Diff(now.Value, after);
        return columns.IsEmpty ? null : new RecordChange(table.Model, RecordChangeKind.Update, change.Id, columns, now.Value, after);
    }

    private void Check(RecordTable table, in PendingChange change, RecordEntry theirs, ColumnSet changed, string step)
    {
        for (var column = 0; column < table.Plan.Schema.Columns.Count; column++)
        {
            if (!changed.Contains(column) || !change.Columns.Contains(column) || table.PolicyOf(column) != Conflict.Reject) continue;
            throw Mistakes.Conflict(
                table, change.Id, table.Plan.Schema.Columns[column].Member, nameOf(theirs.Version), FieldValues.Of(table.Plan, theirs.Value)[column],
                step, FieldValues.Of(table.Plan, change.After!)[column]);
        }
    }
}
