using Drip.Data;
using Drip.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace Drip.Sqlite.Data;

/// <summary>
/// Writes a batch's changes to one table. An UPDATE is prepared once for each set of columns that ever changed together,
/// and kept: a backfill that always sets the same column uses one statement for all of its rows.
/// </summary>
internal sealed class ChangeWriter<T>(SqliteConnection connection, string? rowId) : IDisposable where T : IModel<T>
{
    // A job that changes more combinations than this gains little from keeping them.
    private const int MaxKept = 64;

    private static readonly ModelSchema Schema = T.Schema;
    private static readonly ColumnSet All = ColumnSet.First(Schema.Columns.Count);

    private readonly Dictionary<ColumnSet, Statement> _updatesByRowId = [];
    private readonly Dictionary<ColumnSet, Statement> _updatesByKey = [];
    private readonly Dictionary<string, Statement> _byText = [];
    private readonly Dictionary<ColumnSet, Statement> _inserts = [];
    private (ColumnSet Columns, bool ByRowId) _lastColumns;
    private Statement? _lastUpdate;

    /// <summary>Writes the changes in order.</summary>
    public void Write(Changes<T> changes, RowLocators locators)
    {
        var list = changes.List;
        for (var i = 0; i < list.Count; i++)
        {
            changes.InHand = i;
            var change = list[i];
            switch (change.Kind)
            {
                case ChangeKind.Update when change.Index >= 0: Update(change, locators); break;
                case ChangeKind.Update: UpdateWhole(change.Row!); break;
                case ChangeKind.UpdateByKey: UpdateByKey(change.Key!, change.Set!); break;
                case ChangeKind.Insert: Insert(change.Row!); break;
                case ChangeKind.Delete when change.Index >= 0: Delete(change.Index, locators); break;
                case ChangeKind.Delete: Delete(T.KeyOf(change.Row!)); break;
                case ChangeKind.DeleteByKey: Delete(change.Key!); break;
                default: throw new InvalidOperationException($"There is no change of kind {change.Kind}.");
            }
        }

        changes.InHand = -1;
    }

    public void Dispose()
    {
        DropUpdates();
        DropTexts();
        foreach (var statement in _inserts.Values) statement.Dispose();
    }

    private void Update(in Change<T> change, RowLocators locators)
    {
        var columns = T.Diff(change.Before!, change.Row!);
        if (columns.IsEmpty) return;

        var statement = UpdateOf(columns, locators.HasRowId);
        var writer = new SqliteRowWriter(statement.Handle);
        T.Write(ref writer, change.Row!, columns);
        if (locators.HasRowId) SqliteApi.BindInt64(statement.Handle, writer.Place + 1, locators.RowIds[change.Index]);
        else SqliteValue.BindKey(statement.Handle, writer.Place + 1, locators.Keys[change.Index]);
        if (statement.Execute() == 0) throw Missing(T.KeyOf(change.Row!));
    }

    private void UpdateWhole(T row)
    {
        var columns = default(ColumnSet);
        for (var ordinal = 0; ordinal < Schema.Columns.Count; ordinal++)
        {
            if (!Schema.Key.Contains(ordinal)) columns.Add(ordinal);
        }

        if (columns.IsEmpty) return;
        var statement = UpdateOf(columns, byRowId: false);
        var writer = new SqliteRowWriter(statement.Handle);
        T.Write(ref writer, row, columns);
        T.WriteKey(ref writer, row);
        if (statement.Execute() == 0) throw Missing(T.KeyOf(row));
    }

    private void UpdateByKey(Key key, SqlText set)
    {
        var sql = Start("UPDATE ").Table(Schema.Table).Append(" SET ").Append(set);
        Execute(WhereKey(sql), key);
    }

    private void Insert(T row)
    {
        // An integer key of 0 asks the database for the next one.
        var columns = All;
        if (Schema.Key is [var only] && Schema.Columns[only].Type is ColumnType.Int32 or ColumnType.Int64 && T.KeyOf(row).Parts[0] is 0L)
        {
            columns = default;
            for (var ordinal = 0; ordinal < Schema.Columns.Count; ordinal++)
            {
                if (ordinal != Schema.Key[0]) columns.Add(ordinal);
            }
        }

        if (!_inserts.TryGetValue(columns, out var statement))
        {
            statement = new Statement(connection, InsertSql(columns));
            _inserts.Add(columns, statement);
        }

        var writer = new SqliteRowWriter(statement.Handle);
        T.Write(ref writer, row, columns);
        statement.Execute();
    }

    private void Delete(int index, RowLocators locators)
    {
        if (!locators.HasRowId)
        {
            Delete(locators.Keys[index]);
            return;
        }

        var sql = Start("DELETE FROM ").Table(Schema.Table).Append($" WHERE {rowId} = ").Place();
        Execute(sql, locators.RowIds[index]);
    }

    private void Delete(Key key) => Execute(WhereKey(Start("DELETE FROM ").Table(Schema.Table)), key);

    private void Execute(SqlBuilder sql, Key key)
    {
        var text = sql.ToString();
        if (!_byText.TryGetValue(text, out var statement))
        {
            if (_byText.Count == MaxKept) DropTexts();
            statement = new Statement(connection, text);
            _byText.Add(text, statement);
        }

        foreach (var placed in sql.Values) SqliteValue.Bind(statement.Handle, placed.Place, placed.Value);
        SqliteValue.BindKey(statement.Handle, sql.Values.Count + 1, key);
        if (statement.Execute() == 0) throw Missing(key);
    }

    private Statement UpdateOf(ColumnSet columns, bool byRowId)
    {
        if (_lastUpdate is not null && _lastColumns.ByRowId == byRowId && _lastColumns.Columns == columns) return _lastUpdate;
        var kept = byRowId ? _updatesByRowId : _updatesByKey;
        if (!kept.TryGetValue(columns, out var statement))
        {
            if (kept.Count == MaxKept) DropUpdates();
            statement = new Statement(connection, UpdateSql(columns, byRowId));
            kept.Add(columns, statement);
        }

        _lastColumns = (columns, byRowId);
        return _lastUpdate = statement;
    }

    private SqlBuilder UpdateSql(ColumnSet columns, bool byRowId)
    {
        var sql = Start("UPDATE ").Table(Schema.Table);
        var word = " SET ";
        foreach (var name in NamesOf(columns))
        {
            sql.Append(word).Name(name).Append(" = ").Place();
            word = ", ";
        }

        return byRowId ? sql.Append($" WHERE {rowId} = ").Place() : WhereKey(sql);
    }

    private static SqlBuilder InsertSql(ColumnSet columns)
    {
        var names = NamesOf(columns);
        if (names.Count == 0) return Start("INSERT INTO ").Table(Schema.Table).Append(" DEFAULT VALUES");
        var sql = Start("INSERT INTO ").Table(Schema.Table).Append(" (").Names(names).Append(") VALUES (");
        for (var i = 0; i < names.Count; i++)
        {
            if (i > 0) sql.Append(", ");
            sql.Place();
        }

        return sql.Append(")");
    }

    private static SqlBuilder WhereKey(SqlBuilder sql) => sql.Append(" WHERE ").CompareKey(Schema.KeyNames, "=");

    private static SqlBuilder Start(string text) => new SqlBuilder('?').Append(text);

    private static List<string> NamesOf(ColumnSet columns)
    {
        var names = new List<string>();
        for (var ordinal = 0; ordinal < Schema.Columns.Count; ordinal++)
        {
            if (columns.Contains(ordinal)) names.Add(Schema.Columns[ordinal].Name);
        }

        return names;
    }

    private static DripException Missing(Key key) => new(
        DripErrorKind.RunFailed, "missing-row", $"{Schema.Table} has no row with the key {key} to change.",
        "Check the key: the row may have been deleted in this batch, or its key may be stored in another form.");

    private void DropUpdates()
    {
        foreach (var statement in _updatesByRowId.Values) statement.Dispose();
        foreach (var statement in _updatesByKey.Values) statement.Dispose();
        _updatesByRowId.Clear();
        _updatesByKey.Clear();
        _lastUpdate = null;
    }

    private void DropTexts()
    {
        foreach (var statement in _byText.Values) statement.Dispose();
        _byText.Clear();
    }
}
