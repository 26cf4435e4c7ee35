using Drip.Data;
using Npgsql;

namespace Drip.Postgres.Data;

/// <summary>
/// Writes a batch's changes to one table: many rows with one statement, whose values travel as one array for each column, where
/// nobody can tell that from writing them one by one; else one by one, without waiting for each.
/// </summary>
internal sealed class ChangeWriter<T>(NpgsqlConnection connection, TableShape shape) : IDisposable where T : IModel<T>
{
    // Enough that waiting for the server does not matter, and so few that they need no memory to speak of.
    private const int MostInLine = 256;

    // A job that changes more combinations of columns than this gains little from keeping them.
    private const int MostKept = 64;

    private static readonly ModelSchema Schema = T.Schema;

    private readonly ChangedRows _seen = new();
    private readonly Dictionary<ColumnSet, RowGroup> _updates = [];
    private readonly Dictionary<ColumnSet, RowGroup> _inserts = [];
    private readonly RowGroup _deletes = new(connection, shape, ChangeKind.Delete, default);
    private readonly ChangeLine<T> _line = new(connection, shape);
    private RowGroup? _inserted;
    private Pending _pending;

    private enum Pending { Nothing, Distinct, Inserts, InLine }

    /// <summary>Writes the changes, as if one after the other.</summary>
    public async ValueTask WriteAsync(Changes<T> changes, CancellationToken cancellationToken)
    {
        Forget();
        for (var i = 0; i < changes.List.Count; i++)
        {
            changes.InHand = i;
            if (IsDue(changes.List[i], out var columns)) await FlushAsync(changes, cancellationToken).ConfigureAwait(false);
            changes.InHand = i;
            Collect(changes.List[i], columns, i);
        }

        await FlushAsync(changes, cancellationToken).ConfigureAwait(false);
        changes.InHand = -1;
    }

    public void Dispose()
    {
        foreach (var group in _updates.Values) group.Dispose();
        foreach (var group in _inserts.Values) group.Dispose();
        _deletes.Dispose();
    }

    /// <summary>How a change is written.</summary>
    private Pending WayOf(in Change<T> change, ColumnSet columns) => change.Kind switch
    {
        ChangeKind.UpdateByKey => Pending.InLine,
        ChangeKind.Update => columns.IsEmpty ? Pending.Nothing : shape.IsOrdered(columns) ? Pending.InLine : Pending.Distinct,
        ChangeKind.Insert => columns.IsEmpty || shape.HasTriggers ? Pending.InLine : Pending.Inserts,
        _ => shape.HasTriggers ? Pending.InLine : Pending.Distinct,
    };

    /// <summary>Whether what was collected must be written before this change.</summary>
    private bool IsDue(in Change<T> change, out ColumnSet columns)
    {
        columns = change.Kind switch
        {
            ChangeKind.Update when change.Index >= 0 => T.Diff(change.Before!, change.Row!),
            ChangeKind.Update => WithoutKey(),
            ChangeKind.Insert => InsertedColumns(change.Row!),
            _ => default,
        };
        var way = WayOf(change, columns);
        if (way == Pending.Nothing || _pending == Pending.Nothing) return false;
        if (way != _pending) return true;
        return way switch
        {
            // Rows that differ can be changed in any order. One that comes a second time has to find what was done to it before.
            Pending.Distinct => change.Index >= 0 ? _seen.Has(change.Index) : _seen.Has(KeyOf(change)),
            // Numbers are given out in the order of the rows, so rows that ask for one are not mixed with others.
            Pending.Inserts => _inserted!.Columns != columns,
            _ => _line.Count >= MostInLine,
        };
    }

    private void Collect(in Change<T> change, ColumnSet columns, int number)
    {
        var way = WayOf(change, columns);
        if (way == Pending.Nothing) return;
        _pending = way;
        switch (way)
        {
            case Pending.Distinct:
                if (change.Index >= 0) _seen.Add(change.Index);
                else _seen.Add(KeyOf(change));
                if (change.Kind == ChangeKind.Update) GroupOf(_updates, ChangeKind.Update, columns).Add(change.Row!, number);
                else if (change.Kind == ChangeKind.Delete) _deletes.Add(change.Row!, number);
                else _deletes.Add(change.Key!, number);
                break;
            case Pending.Inserts:
                _inserted = GroupOf(_inserts, ChangeKind.Insert, columns);
                _inserted.Add(change.Row!, number);
                break;
            case Pending.InLine when change.Kind == ChangeKind.UpdateByKey: _line.SetByKey(change.Key!, change.Set!, number); break;
            case Pending.InLine when change.Kind == ChangeKind.Update: _line.Update(change.Row!, columns, number); break;
            case Pending.InLine when change.Kind == ChangeKind.Insert: _line.Insert(change.Row!, columns, number); break;
            default: _line.Delete(KeyOf(change), number); break;
        }
    }

    private async ValueTask FlushAsync(Changes<T> changes, CancellationToken cancellationToken)
    {
        switch (_pending)
        {
            case Pending.Distinct:
                foreach (var group in _updates.Values)
                {
                    if (group.Count > 0) await UpdateAsync(changes, group, cancellationToken).ConfigureAwait(false);
                }

                if (_deletes.Count > 0) await DeleteAsync(changes, cancellationToken).ConfigureAwait(false);
                break;
            case Pending.Inserts:
                Blame(changes, _inserted!);
                await _inserted!.ExecuteAsync(cancellationToken).ConfigureAwait(false);
                break;
            case Pending.InLine:
                await LineAsync(changes, cancellationToken).ConfigureAwait(false);
                break;
        }

        Forget();
    }

    private async ValueTask UpdateAsync(Changes<T> changes, RowGroup group, CancellationToken cancellationToken)
    {
        Blame(changes, group);
        if (await group.ExecuteAsync(cancellationToken).ConfigureAwait(false) == group.Count) return;
        Require(changes, group, await group.FindMissingAsync(cancellationToken).ConfigureAwait(false));

        // All are there, so two keys that differ here are one to the database (a collation may see it so): the later one counts.
        foreach (var number in group.Numbers) _line.Update(changes.List[number].Row!, group.Columns, number);
        await LineAsync(changes, cancellationToken).ConfigureAwait(false);
        _line.Clear();
    }

    private async ValueTask DeleteAsync(Changes<T> changes, CancellationToken cancellationToken)
    {
        Blame(changes, _deletes);
        Require(changes, _deletes, await _deletes.DeleteAsync(cancellationToken).ConfigureAwait(false));
    }

    private async ValueTask LineAsync(Changes<T> changes, CancellationToken cancellationToken)
    {
        changes.InHand = -1;
        await _line.ExecuteAsync(number => changes.InHand = number, cancellationToken).ConfigureAwait(false);
    }

    private static void Require(Changes<T> changes, RowGroup group, int missing)
    {
        if (missing < 0) return;
        changes.InHand = group.Numbers[missing];
        throw MissingRow.Error(Schema, KeyOf(changes.List[changes.InHand]));
    }

    // Which of many rows is at fault the server does not say; the engine finds out by halves.
    private static void Blame(Changes<T> changes, RowGroup group) => changes.InHand = group.Count == 1 ? group.Numbers[0] : -1;

    private void Forget()
    {
        Clear(_updates);
        Clear(_inserts);
        _deletes.Clear();
        _line.Clear();
        _seen.Clear();
        (_pending, _inserted) = (Pending.Nothing, null);
    }

    private static void Clear(Dictionary<ColumnSet, RowGroup> groups)
    {
        foreach (var group in groups.Values)
        {
            if (groups.Count > MostKept) group.Dispose();
            else group.Clear();
        }

        if (groups.Count > MostKept) groups.Clear();
    }

    private RowGroup GroupOf(Dictionary<ColumnSet, RowGroup> groups, ChangeKind kind, ColumnSet columns)
    {
        if (groups.TryGetValue(columns, out var group)) return group;
        group = new RowGroup(connection, shape, kind, columns);
        groups.Add(columns, group);
        return group;
    }

    private static Key KeyOf(in Change<T> change) => change.Key ?? T.KeyOf(change.Row!);

    private ColumnSet WithoutKey()
    {
        var columns = default(ColumnSet);
        for (var ordinal = 0; ordinal < Schema.Columns.Count; ordinal++)
        {
            if (!Schema.Key.Contains(ordinal) && !shape.Generated.Contains(ordinal)) columns.Add(ordinal);
        }

        return columns;
    }

    // An integer key of 0 asks the database for the next one.
    private ColumnSet InsertedColumns(T row)
    {
        var asks = Schema.Key is [var only] && Schema.Columns[only].Type is ColumnType.Int32 or ColumnType.Int64 && T.KeyOf(row).Parts[0] is 0L;
        var columns = default(ColumnSet);
        for (var ordinal = 0; ordinal < Schema.Columns.Count; ordinal++)
        {
            if (!shape.Generated.Contains(ordinal) && !(asks && ordinal == Schema.Key[0])) columns.Add(ordinal);
        }

        return columns;
    }
}
