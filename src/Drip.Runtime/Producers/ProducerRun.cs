using Drip.Generated;
using Drip.Producers.Records;
using Drip.Producers.Scheduling;
using Drip.Producers.Versions;

namespace Drip.Producers;

/// <summary>One run of a producer, from its first version to its result.</summary>
internal sealed class ProducerRun
{
    private readonly RunEnvironment _context;
    private readonly Scheduler _scheduler;
    private readonly RunOrigin _origin;
    private readonly IVersionLog _log;
    private readonly string _run;
    private readonly long _begun;

    /// <exception cref="DripException">The versions cannot be written where they should be, or the options name a step that is not there.</exception>
    public ProducerRun(ProducerCode code, ProducerOptions options, string run, RunOrigin origin, Func<RecordTables, IVersionLog> begin)
    {
        (_run, _origin, _begun) = (run, origin.For(code.Plan), options.Time.GetTimestamp());
        var selection = new Selection(code.Plan, options.Only, options.Until);
        var tables = new RecordTables(code.Plan, origin.Parent?.Version ?? -1, keepsAll: options.InMemory);
        _context = new RunEnvironment(
            code, options, options.Services ?? NoServices.Instance, tables, new Journal(tables, options.Time), StreamOf(code, options));
        _scheduler = new Scheduler(_context, selection);
        if (_origin.Parent is not null)
        {
            for (var model = 0; model < tables.Count; model++) tables.Load(model, _origin.Records[model]);
        }

        _context.Journal.Log = _log = begin(tables);
    }

    public RecordTables Tables => _context.Tables;

    public IVersionLog Log => _log;

    /// <summary>Runs to the end.</summary>
    /// <param name="initial">Makes the first changes; null for none.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <exception cref="DripException">The versions cannot be written.</exception>
    public async Task<ProducerResult> RunAsync(Action<RecordChanges>? initial, CancellationToken cancellationToken)
    {
        var result = default(ProducerResult);
        try
        {
            WriteFirst(initial);
            if (_context.Options.Durability == Durability.Strict) await WaitAsync(_log.FlushAsync()).ConfigureAwait(false);
            result = await ScheduleAsync(cancellationToken).ConfigureAwait(false);
            await WaitAsync(_log.FlushAsync()).ConfigureAwait(false);
            await WaitAsync(_log.EndAsync(result.Outcome)).ConfigureAwait(false);
            return result;
        }
        catch when (result is null)
        {
            await EndFailedAsync().ConfigureAwait(false);
            throw;
        }
        finally
        {
            await _log.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static ProducerStream StreamOf(ProducerCode code, ProducerOptions options)
    {
        var stream = new ProducerStream { Further = options.Stream };
        for (var handler = 0; handler < code.Plan.Handlers.Length; handler++)
        {
            var index = handler;
            stream.Add(code.Plan.Handlers[index], payload => code.HandleAsync(index, payload));
        }

        return stream;
    }

    private async Task<ProducerResult> ScheduleAsync(CancellationToken cancellationToken)
    {
        _context.Stream.Open();
        var drain = _scheduler.IsSynchronous ? Task.CompletedTask : Task.Run(() => _context.Stream.DrainAsync(_scheduler.Outcomes.AddStreamError), CancellationToken.None);
        using var over = new CancellationTokenSource();
        var timers = new ProducerTimers(_context.Code, _context.Options.Time, Stats, _scheduler.Outcomes.AddTimerError).RunAsync(over.Token);
        using (cancellationToken.UnsafeRegister(static scheduler => ((Scheduler)scheduler!).Cancel(), _scheduler))
        {
            await _scheduler.RunAsync().ConfigureAwait(false);
        }

        await over.CancelAsync().ConfigureAwait(false);
        await timers.ConfigureAwait(false);
        _context.Stream.Complete();
        await drain.ConfigureAwait(false);
        if (_scheduler.IsSynchronous) await _context.Stream.DrainPushedAsync(_scheduler.Outcomes.AddStreamError).ConfigureAwait(false);
        if (_scheduler.Fatal is { } fatal) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(fatal);
        lock (Tables.Sync) return new ResultMaker(_scheduler, _run).Make();
    }

    private void WriteFirst(Action<RecordChanges>? initial)
    {
        lock (Tables.Sync)
        {
            if (_origin.Parent is null) WriteCopy();
            else WriteRenames();
            if (initial is not null) WriteInitial(initial);
            else if (_origin.Parent is null && Tables.Version < 0) Write([], []);
            new Resumption(_scheduler).Apply();
        }
    }

    private void WriteCopy()
    {
        var changes = new List<RecordChange>();
        for (var model = 0; model < Tables.Count; model++)
        {
            foreach (var record in _origin.Records[model])
            {
                changes.Add(new RecordChange(model, RecordChangeKind.Create, Tables[model].IdOf(record), default, null, record));
            }
        }

        if (changes.Count > 0) Write([.. changes], new int[changes.Count]);
    }

    private void WriteRenames()
    {
        var renames = new StepRenames(_context.Plan);
        var steps = Tables.Steps;
        var changes = new List<RecordChange>();
        var slots = new List<int>();
        for (var slot = 0; slot < steps.Slots; slot++)
        {
            var before = (StepRecord)steps.Newest(slot)!.Value;
            var after = renames.Rename(before);
            if (ReferenceEquals(before, after)) continue;
            changes.Add(new RecordChange(steps.Model, RecordChangeKind.Delete, before.Id, default, before, null));
            changes.Add(new RecordChange(steps.Model, RecordChangeKind.Create, after.Id, default, null, after));
            slots.AddRange([slot, -1]);
        }

        if (changes.Count > 0) Write([.. changes], [.. slots]);
    }

    private void WriteInitial(Action<RecordChanges> initial)
    {
        var set = new ChangeSet(Tables, Tables.Version);
        initial(set);
        var resolver = new ChangeResolver(_context.Journal.NameOf);
        var changes = resolver.Resolve(set.Pending, 0, "the initial data", out _);
        if (changes.Length > 0 || Tables.Version < 0) Write(changes, resolver.Slots);
    }

    private void Write(RecordChange[] changes, Span<int> slots) =>
        _context.Journal.Write(VersionKind.Initial, "", "", null, 0, _context.Journal.Now, changes, slots, null);

    private ProducerStats Stats()
    {
        lock (Tables.Sync)
        {
            var (waiting, running) = _scheduler.Load();
            var outcomes = _scheduler.Outcomes;
            return new ProducerStats(
                _context.Options.Time.GetElapsedTime(_begun), waiting, running, outcomes.Completed, outcomes.FailureCount, Tables.Version);
        }
    }

    private async Task EndFailedAsync()
    {
        try
        {
            await _log.EndAsync(StepOutcome.Failed).ConfigureAwait(false);
        }
        catch (DripException)
        {
            // The log is what failed; the caller gets the first error.
        }
    }

    // One after the other on the caller means that nothing here moves to another thread.
    private async ValueTask WaitAsync(ValueTask work)
    {
        if (_scheduler.IsSynchronous && !work.IsCompleted) work.AsTask().GetAwaiter().GetResult();
        else await work.ConfigureAwait(false);
    }

    private sealed class NoServices : IServiceProvider
    {
        public static NoServices Instance { get; } = new();

        public object? GetService(Type serviceType) => null;
    }
}
