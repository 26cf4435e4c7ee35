using Drip.Sqlite.Native;

namespace Drip.Sqlite.Versions;

/// <summary>
/// Writes which versions changed which record. The rows are in the order of the records, and so each of a group's would dirty a page of its
/// own; they are collected, and written sorted once there are enough. Up to which version that is done is noted, and what came later is found
/// in the versions themselves.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="enough">From how many rows on they are written.</param>
internal sealed class TouchIndex(long run, int enough)
{
    // Of a version with very many changes, some are written before it is complete.
    private const int Most = 16;

    private readonly List<Touch> _touches = [];

    /// <summary>Whether changes wait to be written.</summary>
    public bool IsWaiting => _touches.Count > 0;

    /// <summary>A version changed a record.</summary>
    public void Add(WriterStatements statements, int model, RecordId id, long number, int part)
    {
        if (_touches.Count >= Most * enough) Write(statements);
        _touches.Add(new Touch(model, id, number, part));
    }

    /// <summary>All changes of a version were added, and it is the last one; <paramref name="isEnd"/> says that none follows soon.</summary>
    public void Complete(WriterStatements statements, long number, bool isEnd)
    {
        if (_touches.Count == 0 || (_touches.Count < enough && !isEnd)) return;
        Write(statements);
        SqliteApi.BindInt64(statements.Indexed.Handle, 1, run);
        SqliteApi.BindInt64(statements.Indexed.Handle, 2, number);
        statements.Indexed.Execute();
    }

    private void Write(WriterStatements statements)
    {
        _touches.Sort(static (left, right) =>
            left.Model != right.Model ? left.Model.CompareTo(right.Model) : left.Id != right.Id ? left.Id.CompareTo(right.Id) : left.Number.CompareTo(right.Number));
        var touched = statements.Touched.Handle;
        SqliteApi.BindInt64(touched, 1, run);
        foreach (var touch in _touches)
        {
            SqliteApi.BindInt64(touched, 2, touch.Model);
            StoredId.Bind(touched, 3, touch.Id);
            SqliteApi.BindInt64(touched, 4, touch.Number);
            SqliteApi.BindInt64(touched, 5, touch.Part);
            statements.Touched.Execute();
        }

        _touches.Clear();
    }

    private sealed record Touch(int Model, RecordId Id, long Number, int Part);
}
