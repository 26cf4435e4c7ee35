namespace Drip.Runtime.Tests.Producers.Harness;

/// <summary>Watches a run for a test.</summary>
internal sealed class Told : IProducerObserver
{
    public Action<string>? Started { get; init; }

    public Action<string, string>? Labelled { get; init; }

    public Action<string, StepOutcome>? Ended { get; init; }

    void IProducerObserver.Started(string pipeline, string step, RecordId? record, int attempt) => Started?.Invoke(step);

    void IProducerObserver.Labelled(string pipeline, string step, RecordId? record, string text) => Labelled?.Invoke(step, text);

    void IProducerObserver.Ended(string pipeline, string step, RecordId? record, StepOutcome outcome, string? error, TimeSpan? retry) => Ended?.Invoke(step, outcome);
}
