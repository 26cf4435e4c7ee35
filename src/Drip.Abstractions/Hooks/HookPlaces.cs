namespace Drip;

/// <summary>The status that a run or a batch enters where a hook is called.</summary>
public enum HookStatus
{
    /// <summary>Created.</summary>
    Pending,
    /// <summary>Handed to the queue.</summary>
    Enqueued,
    /// <summary>Taken by a worker. For a batch the transition is the whole batch.</summary>
    Running,
    /// <summary>Done.</summary>
    Completed,
    /// <summary>Ended by an error.</summary>
    Failed,
    /// <summary>Stopped before its end.</summary>
    Stopped,
    /// <summary>Put aside.</summary>
    Paused,
}

/// <summary>What a hook is about.</summary>
public enum HookTarget
{
    /// <summary>A run; the hook may take a <see cref="RunContext"/>.</summary>
    Run,
    /// <summary>A batch; the hook may take a <see cref="BatchContext"/>.</summary>
    Batch,
}

/// <summary>When a hook is called.</summary>
public enum HookMoment
{
    /// <summary>Before the transition, which does not happen if the hook throws.</summary>
    Before,
    /// <summary>In the place of the transition, which happens when the hook calls its <see cref="HookNext"/>.</summary>
    Around,
    /// <summary>After the transition was committed, at least once.</summary>
    After,
}
