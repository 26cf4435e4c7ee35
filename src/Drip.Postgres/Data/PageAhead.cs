using Drip.Data;
using Npgsql;

namespace Drip.Postgres.Data;

/// <summary>
/// The end of the page that the next batch begins with, looked for in the message that commits the batch before: so it costs no round trip. Only a
/// page that is full is known ahead, and only for a moment; whether a partition ends, and what a batch that begins later finds, is asked then.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="keys">The key.</param>
internal sealed class PageAhead(TimeProvider time, KeyColumns keys)
{
    // While batches follow each other. Rows that others add between two of them make the page longer than was asked for.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(200);

    // A batch is known to have committed no sooner than its message is answered, so what takes long is asked for by itself.
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(20);

    private PageStatement? _look;
    private KeyRange _range;
    private int _size;
    private Key? _last;
    private long _at;

    /// <summary>Whether the pages of this walk are found so quickly that it is worth while.</summary>
    public bool IsQuick { get; private set; }

    /// <summary>The statement that looks, once <see cref="Prepare"/> was called.</summary>
    public PageStatement Look => _look!;

    /// <summary>How long it took to find a page.</summary>
    public void Took(TimeSpan time) => IsQuick = time < Quick;

    /// <summary>Looks for the n-th key of a range with the next message, by this statement, to which both are bound.</summary>
    public PageAhead Prepare(PageStatement keyAt, KeyRange range, int size)
    {
        (_look, _range, _size, _last) = (keyAt, range, size, null);
        return this;
    }

    /// <summary>Takes the answer.</summary>
    public async ValueTask ReadAsync(NpgsqlDataReader answer, CancellationToken cancellationToken)
    {
        if (!await answer.ReadAsync(cancellationToken).ConfigureAwait(false)) return;
        try
        {
            _last = keys.Read(answer, 0);
            _at = time.GetTimestamp();
        }
        catch (DripException)
        {
            // A key that no cursor can hold is the error of the batch that meets it, and not of the one that has just committed.
        }
    }

    /// <summary>The page's end, if this is the page that was looked for, a moment ago; it is told once.</summary>
    public PageEnd? Take(KeyRange range, int size)
    {
        var last = _last;
        _last = null;
        return last is not null && _size == size && _range == range && time.GetElapsedTime(_at) < Moment ? new PageEnd(last, size) : null;
    }
}
