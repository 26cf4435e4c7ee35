using Drip.Producers.Versions;
using Drip.Sqlite.Native;

namespace Drip.Sqlite.Versions;

/// <summary>Writes the records of one version in pieces, each of one model. Only one piece at a time is in memory beside the records.</summary>
internal sealed class SnapshotWriter(long run, IRecordView view, int models, ChangeEncoder encoder, int pieceSize) : IDisposable
{
    private readonly ByteWriter _piece = new();
    private IEnumerator<object>? _records;
    private int _model;
    private int _pieces;

    /// <summary>How many bytes were written.</summary>
    public long Size { get; private set; }

    /// <summary>Says in the file that the snapshot was begun.</summary>
    public void Begin(WriterStatements statements)
    {
        SqliteApi.BindInt64(statements.Snapshot.Handle, 1, run);
        SqliteApi.BindInt64(statements.Snapshot.Handle, 2, view.Version);
        statements.Snapshot.Execute();
    }

    /// <summary>Writes as much as is written in one go; true when the snapshot is complete.</summary>
    public bool Write(WriterStatements statements)
    {
        var end = Size + pieceSize;
        while (Size < end)
        {
            if (_model == models)
            {
                Complete(statements);
                return true;
            }

            WritePiece(statements, end);
        }

        return false;
    }

    public void Dispose()
    {
        _records?.Dispose();
        view.Dispose();
    }

    private void WritePiece(WriterStatements statements, long end)
    {
        _records ??= view.All(_model).GetEnumerator();
        Part.Begin(_piece);
        var hasMore = true;
        do
        {
            if (hasMore = _records.MoveNext()) encoder.Write(_piece, _model, _records.Current);
        }
        while (hasMore && Size + _piece.Length < end);
        if (!Part.IsEmpty(_piece)) Insert(statements);
        if (hasMore) return;
        _records.Dispose();
        _records = null;
        _model++;
    }

    private void Insert(WriterStatements statements)
    {
        Part.End(_piece, run, view.Version, _pieces);
        var piece = statements.Piece.Handle;
        SqliteApi.BindInt64(piece, 1, run);
        SqliteApi.BindInt64(piece, 2, view.Version);
        SqliteApi.BindInt64(piece, 3, _pieces++);
        SqliteApi.BindInt64(piece, 4, _model);
        SqliteApi.BindBlob(piece, 5, _piece.Written);
        statements.Piece.Execute();
        Size += _piece.Length;
    }

    private void Complete(WriterStatements statements)
    {
        SqliteApi.BindInt64(statements.Complete.Handle, 1, run);
        SqliteApi.BindInt64(statements.Complete.Handle, 2, view.Version);
        SqliteApi.BindInt64(statements.Complete.Handle, 3, _pieces);
        SqliteApi.BindInt64(statements.Complete.Handle, 4, Size);
        statements.Complete.Execute();
    }
}
