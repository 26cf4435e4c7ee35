using Drip.Generated;
using Drip.Producers.Versions;
using Drip.Sqlite.Versions;
using Version = Drip.Producers.Versions.Version;

namespace Drip.Sqlite.Tests.Versions.Harness;

/// <summary>A run with all that it wrote, and how the records were at each version.</summary>
internal sealed class WrittenRun : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly HashSet<View> _views = [];

    public WrittenRun(VersionBench bench, string run, ProducerPlan plan, (WrittenRun Run, long Version)? parent, Durability durability, TimeProvider time)
    {
        (Name, Plan) = (run, plan);
        var models = new ProducerModels(plan);
        Steps = models.Steps;
        Records = [.. models.All.Select(_ => new List<object>())];
        if (parent is { } origin)
        {
            Versions.AddRange(origin.Run.Versions.Take((int)origin.Version + 1));
            States.AddRange(origin.Run.States.Take((int)origin.Version + 1));
            Records = [.. States[^1].Select(records => records.ToList())];
        }

        var from = parent is { } at ? new VersionOrigin(at.Run.Name, at.Version) : null;
        Log = (SqliteVersionLog)bench.Storage.Begin(new NewVersionLog(plan, run, bench.Directory, from, durability, time, Capture));
    }

    public string Name { get; }

    public ProducerPlan Plan { get; }

    /// <summary>The index of the steps' model.</summary>
    public int Steps { get; }

    public SqliteVersionLog Log { get; }

    /// <summary>The records as they are now.</summary>
    public List<object>[] Records { get; private set; }

    /// <summary>Every version, those of the parents included.</summary>
    public List<Version> Versions { get; } = [];

    /// <summary>The records at every version.</summary>
    public List<object[][]> States { get; } = [];

    /// <summary>How many snapshots were asked for.</summary>
    public int Snapshots { get; private set; }

    /// <summary>How many views were not given back.</summary>
    public int OpenViews => _views.Count;

    /// <summary>Whether <see cref="States"/> is kept; a long run does without.</summary>
    public bool KeepsStates { get; set; } = true;

    /// <summary>Appends the next version.</summary>
    public void Append(params RecordChange[] changes)
    {
        var number = KeepsStates ? Versions.Count : _count;
        _count = number + 1;
        var kind = number == 0 ? VersionKind.Initial : VersionKind.Step;
        var (pipeline, step) = number == 0 ? ("", "") : ("Crawl", number % 2 == 0 ? "Fetch" : "Store");
        var version = new Version(number, kind, pipeline, step, RecordOf(number), number == 0 ? 0 : number % 3 + 1, Start.AddTicks(number * 12345), changes);
        if (KeepsStates)
        {
            Change.Apply(Plan, Records, changes);
            Versions.Add(version);
            States.Add([.. Records.Select(records => records.ToArray())]);
        }

        Log.Append(version);
    }

    public ValueTask DisposeAsync() => Log.DisposeAsync();

    private int _count;

    private static RecordId? RecordOf(int number) => (number % 4) switch
    {
        0 => null,
        1 => number,
        2 => "page " + number,
        _ => new Guid(number, 0, 0, new byte[8]),
    };

    private IRecordView Capture()
    {
        Snapshots++;
        var view = new View(this, _count - 1, [.. Records.Select(records => records.ToArray())]);
        lock (_views) _views.Add(view);
        return view;
    }

    private sealed class View(WrittenRun run, long version, object[][] records) : IRecordView
    {
        public long Version => version;

        public IEnumerable<object> All(int model) => records[model];

        public void Dispose()
        {
            lock (run._views) Assert.True(run._views.Remove(this));
        }
    }
}
