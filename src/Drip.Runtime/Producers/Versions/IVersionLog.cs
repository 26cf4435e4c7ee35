using Drip.Generated;

namespace Drip.Producers.Versions;

/// <summary>Where versions are kept.</summary>
public abstract class VersionStorage
{
    /// <summary>Begins a run.</summary>
    internal abstract IVersionLog Begin(NewVersionLog run);

    /// <summary>The runs in a directory, the oldest first; none where there is no such directory.</summary>
    internal abstract IReadOnlyList<VersionRun> List(string directory);

    /// <summary>Opens a run for reading.</summary>
    /// <exception cref="DripException">There is no such run, the file is no file of versions, is torn, or was written by a newer Drip.</exception>
    internal abstract IVersionReader Open(string directory, string run, ProducerPlan plan);
}

/// <summary>A run that begins.</summary>
/// <param name="Plan">The producer.</param>
/// <param name="Run">The run's id.</param>
/// <param name="Directory">Where its versions go.</param>
/// <param name="Parent">The run that this one is a branch of, and the version it begins from.</param>
/// <param name="Durability">When a version is on the disk.</param>
/// <param name="Time">The clock.</param>
/// <param name="Capture">Holds the state as of the version that is just being appended; what a snapshot is written from.</param>
internal sealed record NewVersionLog(
    ProducerPlan Plan, string Run, string Directory, VersionOrigin? Parent, Durability Durability, TimeProvider Time, Func<IRecordView> Capture);

/// <summary>From where a branch began.</summary>
internal sealed record VersionOrigin(string Run, long Version);

/// <summary>A run as a list shows it.</summary>
/// <param name="Run">Its id.</param>
/// <param name="Producer">The producer's name.</param>
/// <param name="Parent">From where it began, for a branch.</param>
/// <param name="Versions">The number of its last version, and one.</param>
/// <param name="BegunAt">When it began.</param>
/// <param name="EndedAt">When it ended; null for a run that is going on or that died.</param>
/// <param name="Outcome">How it ended.</param>
internal sealed record VersionRun(
    string Run, string Producer, VersionOrigin? Parent, long Versions, DateTimeOffset BegunAt, DateTimeOffset? EndedAt, StepOutcome? Outcome);

/// <summary>Takes the versions of one run. <see cref="Append"/> and <see cref="EndAsync"/> are called by one thread at a time, in the order of the versions.</summary>
internal interface IVersionLog : IAsyncDisposable
{
    /// <summary>Takes the next version; waits only where the disk cannot follow.</summary>
    /// <exception cref="DripException">An earlier version could not be written.</exception>
    void Append(Version version);

    /// <summary>Completes when everything that was appended is on the disk, as far as the durability says.</summary>
    /// <exception cref="DripException">It could not be written.</exception>
    ValueTask FlushAsync();

    /// <summary>Says how the run ended.</summary>
    ValueTask EndAsync(StepOutcome outcome);

    /// <summary>Reads what was appended.</summary>
    IVersionReader Reader { get; }
}

/// <summary>Reads the versions of one run, its parents' before the branch included.</summary>
internal interface IVersionReader : IDisposable
{
    /// <summary>The run.</summary>
    VersionRun Run { get; }

    /// <summary>How many versions there are.</summary>
    long Count { get; }

    /// <summary>One version with its changes.</summary>
    Version Read(long number);

    /// <summary>Several versions without their changes, in order.</summary>
    IEnumerable<Version> List(long from, long count);

    /// <summary>All changes of the versions after <paramref name="from"/> up to <paramref name="to"/>, in order.</summary>
    IEnumerable<RecordChange> Changes(long from, long to);

    /// <summary>The records as of a version: for each model of <see cref="ProducerModels"/> its records, in the order of their creation.</summary>
    IReadOnlyList<object>[] Load(long number);

    /// <summary>The versions that changed a record, in order, each with this record's change alone: what blame is made from.</summary>
    IEnumerable<Version> Touching(int model, RecordId id);
}

/// <summary>The records at one version; held until disposed.</summary>
internal interface IRecordView : IDisposable
{
    /// <summary>The version's number.</summary>
    long Version { get; }

    /// <summary>The records of a model of <see cref="ProducerModels"/>, in the order of their creation.</summary>
    IEnumerable<object> All(int model);
}
