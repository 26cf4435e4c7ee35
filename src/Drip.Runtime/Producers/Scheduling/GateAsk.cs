namespace Drip.Producers.Scheduling;

/// <summary>A question to a gate.</summary>
internal sealed class GateAsk(Scheduler scheduler, Gate gate) : Work(scheduler, gate.Pipeline, gate.Instance)
{
    private bool _isOpen;

    public override RecordChanges Changes => throw new InvalidOperationException("A gate changes no records. Let a step do it.");

    public override ValueTask InvokeAsync()
    {
        _isOpen = Scheduler.Context.Code.Open(Enter(), Pipeline.Index);
        return ValueTask.CompletedTask;
    }

    public override void Label(string text)
    {
        // A gate is no step: nothing shows what it is doing.
    }

    public override void Finished()
    {
        if (Error is not null) gate.Fail(Error);
        else gate.Answer(_isOpen, Seen);
    }

    // There is nothing to ask about; the steps that are held are passed over in their turn.
    public override void PassedOver() => gate.Answer(isOpen: true, Scheduler.Context.Tables.Version);

    public override void Dropped() => gate.Drop();
}
