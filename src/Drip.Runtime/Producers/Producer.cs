using System.ComponentModel;
using Drip.Generated;
using Drip.Producers;
using Drip.Producers.Records;
using Drip.Producers.Versions;
using Drip.Runs;

namespace Drip;

/// <summary>
/// The base class that the generator gives to a class with <see cref="ProducerAttribute"/>. An object of it runs once: pipelines of steps change
/// records, and each change is a version together with the record that its step ran.
/// </summary>
public abstract class Producer
{
    private readonly ProducerOptions _options;
    private readonly ProducerVersion? _from;
    private readonly string? _file;
    private int _hasRun;
    private ProducerRun? _run;
    private ProducerHistory? _history;

    /// <summary>A new run.</summary>
    protected Producer(ProducerOptions? options)
    {
        _options = options ?? new ProducerOptions();
        Run = RunId.Create(_options.Time);
        Directory = _options.InMemory ? null : _options.Directory;
    }

    /// <summary>A branch: the run goes on from a version of another run. Without a directory in the options it is kept beside that one.</summary>
    protected Producer(ProducerVersion version, ProducerOptions? options)
        : this(options)
    {
        _from = version ?? throw new ArgumentNullException(nameof(version));
        if (!_options.InMemory) Directory ??= version.Source.Directory;
    }

    /// <summary>A run that begins with what <see cref="SaveAsync"/> wrote, and goes on from there.</summary>
    protected Producer(string file, ProducerOptions? options)
        : this(options) => _file = file ?? throw new ArgumentNullException(nameof(file));

    /// <summary>The generated part.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract ProducerCode __dripCode { get; }

    /// <summary>Where versions are kept on disk; null where the application has no storage for them.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected virtual VersionStorage? __dripStorage => null;

    /// <summary>Where the versions are written; null in memory, and until the run begins where none was given.</summary>
    public string? Directory { get; private set; }

    /// <summary>The run's id.</summary>
    public string Run { get; }

    /// <summary>The records as they are when they are asked for, during the run and after it; none before it.</summary>
    public RecordStore Store => new NewestRecords(_run?.Tables ?? new RecordTables(__dripCode.Plan, -1, keepsAll: true));

    /// <summary>The run's versions; none before it begins.</summary>
    public ProducerHistory History => _history ?? ProducerHistory.Empty;

    /// <summary>Runs to the end. What fails is told in the result; only what keeps the run itself from going on is thrown.</summary>
    /// <param name="initial">Makes the first changes: the initial data of a new run, or what is different in a branch.</param>
    /// <param name="cancellationToken">Cancels the run; the result says so.</param>
    /// <exception cref="DripException">The object has run before, or the versions cannot be read or written.</exception>
    public Task<ProducerResult> RunAsync(Action<RecordChanges>? initial = null, CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _hasRun, 1) != 0)
        {
            throw new DripException(
                DripErrorKind.Usage, "has-run", $"This object of the producer {__dripCode.Plan.Name} has run already.",
                "Make a new one for another run, or one From(version) to go on from a version of this one.");
        }

        return StartAsync(initial, cancellationToken);
    }

    /// <summary>The same, with the records of a store as the initial data.</summary>
    public Task<ProducerResult> RunAsync(RecordStore initial, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(initial);
        return RunAsync(changes => RecordCopies.Copy(__dripCode.Plan, initial, changes), cancellationToken);
    }

    /// <summary>The same, with these records, of any of the producer's models, as the initial data.</summary>
    public Task<ProducerResult> RunAsync(IEnumerable<object> initial, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(initial);
        return RunAsync(changes => RecordCopies.Copy(__dripCode.Plan, initial, changes), cancellationToken);
    }

    /// <summary>
    /// Writes the newest state, with the record of what ran, into a file that people can read and that a producer, with other bodies of its
    /// steps perhaps, can begin from.
    /// </summary>
    /// <exception cref="DripException">The object has not run, or the file cannot be written.</exception>
    public Task SaveAsync(string file, CancellationToken cancellationToken = default)
    {
        if (_run is not { } run)
        {
            throw new DripException(
                DripErrorKind.Usage, "has-not-run", $"The producer {__dripCode.Plan.Name} has not run, so there is nothing to save.",
                "Call SaveAsync after RunAsync.");
        }

        using var view = run.Tables.Capture();
        var records = new IReadOnlyList<object>[run.Tables.Count];
        for (var model = 0; model < records.Length; model++) records[model] = [.. view.All(model)];
        return SavedState.WriteAsync(file, __dripCode.Plan, new VersionOrigin(Run, view.Version), _options.Time.GetUtcNow(), records, cancellationToken);
    }

    private async Task<ProducerResult> StartAsync(Action<RecordChanges>? initial, CancellationToken cancellationToken)
    {
        var code = __dripCode;
        var origin = _options.Synchronous ? OriginAsync(cancellationToken).GetAwaiter().GetResult() : await OriginAsync(cancellationToken).ConfigureAwait(false);
        var run = new ProducerRun(code, _options, Run, origin, tables => Begin(code.Plan, tables, origin.Parent));
        _run = run;
        try
        {
            return await run.RunAsync(initial, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (!_options.InMemory) _history!.Source.Reopen(() => __dripStorage!.Open(Directory!, Run, code.Plan));
        }
    }

    private async Task<RunOrigin> OriginAsync(CancellationToken cancellationToken)
    {
        var plan = __dripCode.Plan;
        if (_file is not null) return new RunOrigin(await SavedState.ReadAsync(_file, plan, cancellationToken).ConfigureAwait(false), null);
        if (_from is null) return RunOrigin.Nothing(plan);
        _from.Source.CheckIsOf(plan);
        return new RunOrigin(_from.Source.Load(_from.Number), IsBeside(_from.Source) ? new VersionOrigin(_from.Run, _from.Number) : null);
    }

    // A branch and its parent share what was before only where they are kept in one place.
    private bool IsBeside(VersionSource source) => _options.InMemory
        ? source.Directory is null
        : source.Directory is not null && Directory is not null && Path.GetFullPath(source.Directory) == Path.GetFullPath(Directory);

    private IVersionLog Begin(ProducerPlan plan, RecordTables tables, VersionOrigin? parent)
    {
        IVersionLog log;
        if (_options.InMemory)
        {
            log = new MemoryVersions(Run, plan.Name, parent, parent is null ? null : _from!.Source.Reader, tables, _options.Time);
        }
        else
        {
            var storage = __dripStorage ?? throw new DripException(
                DripErrorKind.Usage, "no-version-storage", $"The producer {plan.Name} has nothing that keeps its versions on disk.",
                "Reference Drip.Sqlite, which the package Drip brings along, or run it with InMemory = true in its options.");
            Directory ??= System.IO.Directory.CreateTempSubdirectory("drip-").FullName;
            log = storage.Begin(new NewVersionLog(plan, Run, Directory, parent, _options.Durability, _options.Time, tables.Capture));
        }

        _history = new ProducerHistory(new VersionSource(plan, Directory, () => log.Reader));
        return log;
    }
}
