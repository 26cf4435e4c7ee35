using System.Data.Common;
using Drip.Data;
using Drip.Generated;

namespace Drip.Batches;

/// <summary>The batch in flight, as the author's method sees it. One instance serves all batches of a run.</summary>
internal sealed class RunningBatch<TRow>(IServiceProvider services, string runId, string job, int partition) : BatchWork<TRow>
    where TRow : IModel<TRow>
{
    private readonly Changes<TRow> _changes = new();
    private readonly List<IOtherChanges> _others = [];
    private TableBatch? _batch;
    private BatchContext? _context;
    private TRow[] _rows = [];
    private TRow[] _originals = [];
    private IBatchTransaction<TRow>? _transaction;
    private KeyRange _range;
    private PageEnd _page;
    private IReadOnlyList<Key>? _known;
    private int _firstKnown;
    private long _number;
    
    public override IServiceProvider Services => services;

    public override int Count => _page.Count;

    public override Changes<TRow> Changes => _changes;

    public override Batch<TRow> Batch => _batch ??= new TableBatch(this);

    public override BatchContext Context => _context ??= new BatchContext(runId, job, _number, _range.After, _page.Last!, _page.Count) { Partition = partition };

    /// <summary>The row that is being processed, where rows come one by one; -1 before the first.</summary>
    public int Position { get; private set; }

    /// <summary>Whether the author's method has returned and its changes are being written.</summary>
    public bool IsWriting { get; private set; }

    /// <summary>The place of the row whose change is being written; -1 if it is no row of the page.</summary>
    public int PlaceInHand => _changes.InHand < 0 ? -1 : _changes.List[_changes.InHand].Index;

    /// <summary>The last key of the page; null before it is known.</summary>
    public Key? Last => _page.Last;

    /// <summary>Forgets the batch before, so that what goes wrong next is not told of its rows.</summary>
    public void Clear() => (_page, Position, IsWriting, _known) = (default, -1, false, null);

    /// <summary>The next rows are these and no others, for their places stand for their keys.</summary>
    public void Expect(IReadOnlyList<Key> keys, int first) => (_known, _firstKnown) = (keys, first);

    /// <summary>A buffer for the rows of a page of this size.</summary>
    public Memory<TRow> Buffer(int size)
    {
        if (_rows.Length < size) Array.Resize(ref _rows, size);
        return _rows.AsMemory(0, size);
    }

    /// <summary>Points this at a page. Its rows are in the buffer already if <paramref name="read"/>; else they are read when asked for.</summary>
    public void Begin(IBatchTransaction<TRow> transaction, long number, KeyRange range, PageEnd page, bool read)
    {
        (_transaction, _number, _range, _page, _batch, _context, Position) = (transaction, number, range, page, null, null, -1);
        foreach (var other in _others) other.Begin();
        if (read) TrackRows();
        else _changes.Begin([], [], 0);
    }

    public override TRow MoveTo(int position)
    {
        Position = position;
        foreach (var other in _others) other.Mark();
        _changes.Mark();
        _changes.MoveTo(position);
        return _rows[position];
    }

    /// <summary>Takes back what the row at hand has changed so far; false if it is not its method that failed.</summary>
    public bool CutBack()
    {
        if (IsWriting) return false;
        foreach (var other in _others) other.CutBack();
        _changes.CutBack();
        return true;
    }

    public override Changes<TOther> ChangesOf<TOther>()
    {
        if (_changes is Changes<TOther> own) return own;
        foreach (var other in _others)
        {
            if (other is OtherChanges<TOther> found) return found.Changes;
        }

        var added = new OtherChanges<TOther>();
        _others.Add(added);
        return added.Changes;
    }

    /// <summary>Writes everything that the author's method collected: the scope's own table first, then others in the order of their first use.</summary>
    public async ValueTask WriteChangesAsync(CancellationToken cancellationToken)
    {
        IsWriting = true;
        if (_changes.List.Count > 0) await _transaction!.WriteAsync(_changes, cancellationToken).ConfigureAwait(false);
        foreach (var other in _others) await other.WriteAsync(_transaction!, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The key of the row that was being processed or written, for the error that it caused.</summary>
    public string? Element => (IsWriting ? _changes.KeyInHand : Position >= 0 ? TRow.KeyOf(_originals[Position]) : null)?.ToString();

    /// <summary>Reads the rows of a range, also where others have added some to those that were expected, and returns how many there are.</summary>
    public int Read(IBatchTransaction<TRow> transaction, KeyRange range, int expected)
    {
        var size = expected;
        while (true)
        {
            var read = transaction.ReadRange(range, Buffer(size));
            if (read <= size) return read > expected && _known is { } known ? KeepOnly(known, expected, read) : read;
            size = read;
        }
    }

    // What was added meanwhile lies behind the cursor now, as if it had been added a moment later.
    private int KeepOnly(IReadOnlyList<Key> known, int expected, int read)
    {
        var keys = new HashSet<Key>(expected);
        for (var i = 0; i < expected; i++) keys.Add(known[_firstKnown + i]);
        var kept = 0;
        for (var i = 0; i < read; i++)
        {
            if (keys.Contains(TRow.KeyOf(_rows[i]))) _rows[kept++] = _rows[i];
        }

        if (kept == expected) return kept;
        throw new DripException(DripErrorKind.Busy, "rows-changed",
            "Others have changed the keys of rows among which one that fails is being looked for.", "Try again; nothing was changed.");
    }

    private TRow[] ReadRows()
    {
        var read = Read(_transaction!, _range, _page.Count);
        if (read != _page.Count) _page = _page with { Count = read };
        TrackRows();
        return _rows;
    }

    private void TrackRows()
    {
        _originals = _rows;
        if (TRow.Schema.IsMutable)
        {
            _originals = new TRow[_page.Count];
            for (var i = 0; i < _originals.Length; i++) _originals[i] = TRow.Copy(_rows[i]);
        }

        _changes.Begin(_rows, _originals, _page.Count);
    }

    private interface IOtherChanges
    {
        void Begin();

        void Mark();

        void CutBack();

        ValueTask WriteAsync(IBatchTransaction<TRow> transaction, CancellationToken cancellationToken);
    }

    private sealed class OtherChanges<TOther> : IOtherChanges where TOther : IModel<TOther>
    {
        public Changes<TOther> Changes { get; } = new();

        public void Begin() => Changes.Begin([], [], 0);

        public void Mark() => Changes.Mark();

        public void CutBack() => Changes.CutBack();

        public ValueTask WriteAsync(IBatchTransaction<TRow> transaction, CancellationToken cancellationToken) =>
            Changes.List.Count > 0 ? transaction.WriteAsync(Changes, cancellationToken) : ValueTask.CompletedTask;
    }

    private sealed class TableBatch(RunningBatch<TRow> work) : Batch<TRow>
    {
        private IReadOnlyList<TRow>? _read;

        public override Key? From => work._range.After;

        public override Key To => work._page.Last!;

        public override int Size => work._page.Count;

        public override IReadOnlyList<TRow> Rows
        {
            get
            {
                if (_read is null)
                {
                    var rows = work.ReadRows();
                    _read = new ArraySegment<TRow>(rows, 0, work._page.Count);
                }

                return _read;
            }
        }

        public override DbConnection Connection => work._transaction!.Connection;

        public override DbTransaction Transaction => work._transaction!.Transaction;

        public override Task<int> UpdateAsync(SqlHandler set, CancellationToken cancellationToken = default) =>
            work._transaction!.UpdateAsync(set.ToSql(), work._range, cancellationToken).AsTask();

        public override Task<int> DeleteAsync(CancellationToken cancellationToken = default) =>
            work._transaction!.DeleteAsync(work._range, cancellationToken).AsTask();
    }
}
