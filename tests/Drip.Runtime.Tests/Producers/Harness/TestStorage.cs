using Drip.Generated;
using Drip.Producers.Versions;
using Version = Drip.Producers.Versions.Version;

namespace Drip.Runtime.Tests.Producers.Harness;

/// <summary>A storage that keeps nothing, shows what it was given, and breaks or waits when it is told to.</summary>
internal sealed class TestStorage : VersionStorage, IVersionLog
{
    private readonly Lock _lock = new();
    private readonly List<Version> _versions = [];

    /// <summary>Whether versions are kept to be looked at.</summary>
    public bool Keeps { get; init; } = true;

    /// <summary>Asked for each version; throws to break the log.</summary>
    public Action<Version>? Appending { get; init; }

    /// <summary>What a flush waits for, by the number of versions appended before it.</summary>
    public Func<int, Task>? Flushing { get; init; }

    public StepOutcome? Outcome { get; private set; }

    public NewVersionLog? Begun { get; private set; }

    public IReadOnlyList<Version> Versions
    {
        get
        {
            lock (_lock) return [.. _versions];
        }
    }

    public IVersionReader Reader => throw new NotSupportedException("Nothing is kept.");

    public void Append(Version version)
    {
        Appending?.Invoke(version);
        if (!Keeps) return;
        lock (_lock) _versions.Add(version);
    }

    public ValueTask FlushAsync() => Flushing is null ? ValueTask.CompletedTask : new ValueTask(Flushing(Versions.Count));

    public ValueTask EndAsync(StepOutcome outcome)
    {
        Outcome = outcome;
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal override IVersionLog Begin(NewVersionLog run)
    {
        Begun = run;
        return this;
    }

    internal override IReadOnlyList<VersionRun> List(string directory) => [];

    internal override IVersionReader Open(string directory, string run, ProducerPlan plan) => throw new NotSupportedException("Nothing is kept.");
}
