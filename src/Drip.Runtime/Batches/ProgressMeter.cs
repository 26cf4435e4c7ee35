using Drip.Runs;

namespace Drip.Batches;

/// <summary>The rate of a run over the last ten seconds, in which a slow start or a long sleep is soon forgotten.</summary>
internal sealed class ProgressMeter(TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);
    private readonly Queue<Moment> _samples = new();

    /// <summary>Takes a sample and returns rows per second; null while there is only one.</summary>
    public double? Sample(long rows)
    {
        var now = time.GetTimestamp();
        while (_samples.Count > 1 && time.GetElapsedTime(_samples.Peek().At, now) > Window) _samples.Dequeue();
        double? rate = null;
        if (_samples.Count > 0)
        {
            var first = _samples.Peek();
            var seconds = time.GetElapsedTime(first.At, now).TotalSeconds;
            if (seconds > 0) rate = (rows - first.Rows) / seconds;
        }

        _samples.Enqueue(new Moment(now, rows));
        return rate;
    }

    private sealed class Moment(long at, long rows)
    {
        public long At => at;

        public long Rows => rows;
    }
}
