namespace Drip.Producers.Scheduling;

/// <summary>The work whose turn comes next: in the order in which it became ready or, one after the other, in the order of the graph.</summary>
internal sealed class ReadyQueue(bool inOrder)
{
    private readonly Queue<Work> _queue = new();
    private readonly PriorityQueue<Work, Place> _ordered = new();
    private long _added;

    public int Count => inOrder ? _ordered.Count : _queue.Count;

    public void Add(Work work)
    {
        if (inOrder) _ordered.Enqueue(work, new Place(work.Pipeline.Index, work.Instance?.Number ?? -1, (work as StepRun)?.Step ?? -1, _added++));
        else _queue.Enqueue(work);
    }

    public bool TryTake(out Work? work) => inOrder ? _ordered.TryDequeue(out work, out _) : _queue.TryDequeue(out work);

    private readonly record struct Place(int Pipeline, long Instance, int Step, long Added) : IComparable<Place>
    {
        public int CompareTo(Place other)
        {
            var order = Pipeline.CompareTo(other.Pipeline);
            if (order == 0) order = Instance.CompareTo(other.Instance);
            if (order == 0) order = Step.CompareTo(other.Step);
            return order == 0 ? Added.CompareTo(other.Added) : order;
        }
    }
}
