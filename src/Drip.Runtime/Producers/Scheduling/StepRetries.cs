namespace Drip.Producers.Scheduling;

/// <summary>The steps that failed and wait to be tried again. Under the lock.</summary>
internal sealed class StepRetries(Scheduler scheduler)
{
    private readonly HashSet<Retry> _pending = [];

    public int Pending => _pending.Count;

    /// <summary>Tries a step again after a pause.</summary>
    public void Add(StepRun run, TimeSpan pause)
    {
        var retry = new Retry(run);
        _pending.Add(retry);
        if (pause <= TimeSpan.Zero) Again(retry);
        else retry.Timer = scheduler.Context.Options.Time.CreateTimer(_ => Again(retry), null, pause, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The run was stopped: nothing is tried again.</summary>
    public void GiveUp()
    {
        Retry[] pending = [.. _pending];
        _pending.Clear();
        foreach (var retry in pending)
        {
            retry.Timer?.Dispose();
            if (scheduler.Fatal is null) scheduler.Steps.GiveUpRetry(retry.Run);
        }
    }

    private void Again(Retry retry)
    {
        lock (scheduler.Context.Tables.Sync)
        {
            if (!_pending.Remove(retry)) return;
            retry.Timer?.Dispose();
            scheduler.Enqueue(new StepRun(scheduler, retry.Run.Instance!, retry.Run.Step, retry.Run.Attempt + 1));
            scheduler.CallWorker();
        }
    }

    private sealed class Retry(StepRun run)
    {
        public StepRun Run => run;

        public ITimer? Timer { get; set; }
    }
}
