using Drip.Generated;
using Drip.Producers.Records;
using Drip.Producers.Versions;

namespace Drip.Producers.Scheduling;

/// <summary>A pipeline in a run: which records wait for it, and how many instances of it there are. Under the lock.</summary>
internal sealed class PipelineRun
{
    private readonly Scheduler _scheduler;
    private readonly bool[] _reads;
    private readonly PriorityQueue<int, RecordId> _waiting = new();
    private readonly Dictionary<int, Instance> _resumed = [];
    private readonly List<int> _closed = [];
    private readonly List<Instance> _suspended = [];
    private readonly Queue<Instance> _reopening = [];
    private Instance? _single;
    private long _instances;
    private int _active;
    private bool _isStale;

    public PipelineRun(Scheduler scheduler, int index, Selection selection)
    {
        (_scheduler, Index) = (scheduler, index);
        Plan = scheduler.Context.Plan.Pipelines[index];
        Each = Plan.Each < 0 ? null : scheduler.Context.Tables[Plan.Each];
        Selected = selection.Of(index);
        Waits = selection.WaitsOf(index);
        Tally = new OutcomeTally(Plan.Steps.Count);
        _reads = ReadsOf(Plan, scheduler.Context.Plan.Models.Count);
        if (Plan.HasGate && !HasRecordGate) Gate = new Gate(scheduler, this, instance: null);
    }

    public int Index { get; }

    public PipelinePlan Plan { get; }

    /// <summary>The records that it runs for; null for a pipeline that runs once.</summary>
    public RecordTable? Each { get; }

    /// <summary>Whether the step with this index runs at all.</summary>
    public bool[] Selected { get; }

    /// <summary>For each step how many it waits for.</summary>
    public int[] Waits { get; }

    /// <summary>How the steps went.</summary>
    public OutcomeTally Tally { get; }

    /// <summary>The gate that all its records share; null where there is none, or where each record has its own.</summary>
    public Gate? Gate { get; }

    /// <summary>The version in which a model that the gate reads was last changed.</summary>
    public long ReadChangedAt { get; private set; } = -1;

    /// <summary>How many records of its own type it created.</summary>
    public long Created { get; set; }

    /// <summary>How many instances began, in this run or before.</summary>
    public long Begun { get; set; }

    /// <summary>How many records wait for their turn.</summary>
    public long Waiting => _waiting.Count + _reopening.Count;

    /// <summary>How many records did not begin.</summary>
    public long Records => _waiting.Count + _closed.Count;

    /// <summary>How many records the gate did not let begin.</summary>
    public long Closed => _closed.Count + (Gate?.ClosedAt is not null ? _waiting.Count : 0);

    /// <summary>Whether the gate kept it, or records of it, from beginning.</summary>
    public bool IsClosed => Each is null ? Begun == 0 && Gate?.ClosedAt is not null : Closed > 0;

    /// <summary>Whether any step is to run.</summary>
    public bool IsSelected => Array.IndexOf(Selected, true) >= 0;

    /// <summary>The instances that wait for a gate.</summary>
    public IEnumerable<Instance> Held => Gate is null ? _suspended.Concat(_reopening) : Gate.Waiting;

    private bool HasRecordGate => Plan is { HasGate: true, GateReadsRecord: true, Each: >= 0 };

    /// <summary>Lets it run for a record.</summary>
    public void Join(int slot)
    {
        if (!IsSelected) return;
        var record = Each!.Newest(slot)!;
        _waiting.Enqueue(slot, Each.IdOf(record.Value));
    }

    /// <summary>Lets it go on where a former run stopped.</summary>
    public void Resume(Instance instance)
    {
        if (Each is null)
        {
            _single = instance;
        }
        else
        {
            _resumed.Add(instance.RecordSlot, instance);
            Join(instance.RecordSlot);
        }
    }

    /// <summary>A former run has finished it.</summary>
    public void Finished(Instance instance)
    {
        Begun++;
        instance.IsStarted = true;
        if (Each is null) _single = instance;
        Tally.Add(instance, Selected);
    }

    /// <summary>An instance that begins, or that a former run began.</summary>
    public Instance MakeInstance(RecordId? id, int slot) => new(this, id, slot, _instances++);

    /// <summary>Begins a pipeline that runs once.</summary>
    public void Start()
    {
        if (Each is not null || !IsSelected || _single is { IsStarted: true }) return;
        _single ??= MakeInstance(null, -1);
        _active = 1;
        if (Gate is null) _scheduler.Steps.Begin(_single);
        else Gate.HoldOpening();
    }

    /// <summary>Lets it run for further records, as many as may and as there is room for.</summary>
    public void Refill()
    {
        while (_scheduler.HasRoom && CanBegin())
        {
            if (Gate is not null)
            {
                if (Gate.Failure is null) Gate.HoldOpening();
                return;
            }

            if (!BeginNext()) return;
        }
    }

    /// <summary>The gate said yes to what has not begun.</summary>
    public void GateOpened(Instance? instance)
    {
        if (instance is not null && Each!.Newest(instance.RecordSlot) is not { Kind: not RecordEntryKind.Deleted })
        {
            // It was deleted while its gate was asked.
            _active--;
            return;
        }

        if (instance is not null || Each is null)
        {
            _scheduler.Steps.Begin(instance ?? _single!);
            return;
        }

        while (_scheduler.HasRoom && CanBegin() && BeginNext())
        {
            // As many as there is room for begin on one answer: none of them has changed anything yet.
        }
    }

    /// <summary>A record's own gate said no: its place goes to another record, unless a step of it still runs.</summary>
    public void GateClosed(Instance instance)
    {
        if (instance.IsStarted)
        {
            Settle(instance);
            return;
        }

        _active--;
        if (instance.IsResumed) _resumed.Add(instance.RecordSlot, instance);
        _closed.Add(instance.RecordSlot);
    }

    /// <summary>The run was stopped before a record's own gate had answered.</summary>
    public void GateDropped(Instance instance)
    {
        if (instance.IsStarted)
        {
            Settle(instance);
            return;
        }

        _active--;
        Join(instance.RecordSlot);
    }

    /// <summary>The gate threw.</summary>
    public void GateFailed(Instance? instance, Exception error)
    {
        _scheduler.Outcomes.GateFailed(this, instance?.Record, error);
        if (instance is null) return;
        instance.IsHalted = true;
        if (instance.IsStarted) return;
        _active--;
        for (var step = 0; step < Selected.Length; step++)
        {
            if (Selected[step]) Tally.Add(step, StepOutcome.NotRun, 1);
        }
    }

    /// <summary>Nothing of an instance is left to do.</summary>
    public void Retire(Instance instance)
    {
        _active--;
        Tally.Add(instance, Selected);
    }

    /// <summary>A model was changed.</summary>
    public void Changed(int model, long version)
    {
        if (model >= _reads.Length || !_reads[model]) return;
        ReadChangedAt = version;
        Gate?.AskAgain();
        if (HasRecordGate) _isStale = true;
    }

    /// <summary>Gives an instance's place to another one when all that is left of it waits for its own gate.</summary>
    public void Settle(Instance instance)
    {
        if (!instance.IsHeld || (instance.Gate!.ClosedAt is null && !_scheduler.IsStopped)) return;
        if (ReadChangedAt > instance.Gate.ClosedAt && !_scheduler.IsStopped)
        {
            instance.Gate.AskAgain();
            return;
        }

        _active--;
        _suspended.Add(instance);
    }

    private bool CanBegin()
    {
        if (Each is null || (Plan.Concurrency > 0 && _active >= Plan.Concurrency)) return false;
        if (Waiting > 0) return true;
        if (!_isStale) return false;
        _isStale = false;
        foreach (var slot in _closed) Join(slot);
        foreach (var instance in _suspended) _reopening.Enqueue(instance);
        _closed.Clear();
        _suspended.Clear();
        return Waiting > 0;
    }

    private bool BeginNext()
    {
        if (_reopening.TryDequeue(out var suspended))
        {
            _active++;
            suspended.Gate!.AskAgain();
            return true;
        }

        while (_waiting.TryDequeue(out var slot, out var id))
        {
            // A record that was deleted while it waited has nothing to run for.
            if (Each!.Newest(slot) is not { Kind: not RecordEntryKind.Deleted }) continue;
            if (!_resumed.Remove(slot, out var instance))
            {
                if (_scheduler.Steps.HasRun(this, id)) continue;
                instance = MakeInstance(id, slot);
            }

            _active++;
            if (!HasRecordGate) _scheduler.Steps.Begin(instance);
            else
            {
                instance.Gate ??= new Gate(_scheduler, this, instance);
                instance.Gate.HoldOpening();
            }

            return true;
        }

        return false;
    }

    private static bool[] ReadsOf(PipelinePlan plan, int models)
    {
        var reads = new bool[models];
        if (!plan.HasGate) return reads;
        if (plan.GateReads is null) Array.Fill(reads, true);
        else foreach (var model in plan.GateReads) reads[model] = true;
        if (plan.GateReadsRecord) reads[plan.Each] = true;
        return reads;
    }
}
