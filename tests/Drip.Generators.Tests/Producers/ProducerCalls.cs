using Drip.Generated;
using Drip.Generators.Tests.Harness;

namespace Drip.Generators.Tests.Producers;

/// <summary>What the generated code of a producer does when it is called as the engine calls it.</summary>
public sealed class ProducerCalls
{
    private static readonly Loaded s_loaded = Loaded.Of(TestSources.CrawlReport, TestSources.Engine);
    private readonly Context _context = new();
    private readonly dynamic _producer = Activator.CreateInstance(s_loaded.Type("Shop.CrawlReport"), [null])!;

    private ProducerCode Code => _producer.Code;

    [Fact]
    public void The_plan_holds_the_graph_and_the_settings()
    {
        var prepare = Code.Plan.Pipelines[0];
        Assert.Equal(["Seed", "Left", "Right", "Merge"], prepare.Steps.Select(static step => step.Name));
        Assert.Equal([1, 2], prepare.Steps[0].Before);
        Assert.Equal([1, 2], prepare.Steps[3].After);
        Assert.Equal((3, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(30)), (prepare.Steps[3].Retries, prepare.Steps[3].Backoff, prepare.Steps[3].Timeout));
        Assert.Equal((-1, false), (prepare.Each, prepare.HasGate));
        var crawl = Code.Plan.Pipelines[1];
        Assert.Equal((0, 3, true, false), (crawl.Each, crawl.Concurrency, crawl.HasGate, crawl.GateReadsRecord));
        Assert.Equal([0], crawl.GateReads!);
        Assert.Equal(["Page", "Summary"], Code.Plan.Models.Select(static model => model.Name));
        Assert.Equal([Conflict.Reject, Conflict.Sum], Code.Plan.Models[1].Conflicts);
    }

    [Fact]
    public async Task A_step_gets_its_record_its_services_and_the_token()
    {
        _context.Current = NewPage(7);
        var pipeline = Code.Create(1, new Services(new Shelf()));
        pipeline.__dripEnter(_context);
        await Code.RunAsync(pipeline, 1, 0, new Services(), CancellationToken.None);
        Assert.Equal("Page { Id = 7, Url = u, Status = the shelf }", Assert.Single(_context.Updated).ToString());

        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Code.RunAsync(pipeline, 1, 0, new Services(), cancelled.Token));
    }

    [Fact]
    public void Each_step_is_called_by_its_index_in_the_plan()
    {
        var pipeline = Code.Create(0, new Services());
        pipeline.__dripEnter(_context);
        Assert.True(Code.RunAsync(pipeline, 0, 0, new Services(), CancellationToken.None).IsCompletedSuccessfully);
        Assert.Equal("Page { Id = 1, Url = https://example.org, Status = new }", Assert.Single(_context.Created).ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => { Code.RunAsync(pipeline, 0, 4, new Services(), CancellationToken.None); });
    }

    [Fact]
    public void A_service_that_nobody_registered_is_named()
    {
        var error = Assert.Throws<DripException>(() => Code.Create(1, new Services()));
        Assert.Contains("The producer crawl-report needs a service of type System.IServiceProvider", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_gate_is_asked()
    {
        var pipeline = Code.Create(1, new Services(new Shelf()));
        pipeline.__dripEnter(_context);
        Assert.True(Code.Open(pipeline, 1));
        Assert.True(Code.Open(pipeline, 0));
    }

    [Fact]
    public async Task Handlers_and_timers_of_the_producer_are_called()
    {
        Assert.Equal([s_loaded.Type("Shop.CrawlReport+Progress"), typeof(int)], Code.Plan.Handlers);
        Assert.Equal([TimeSpan.FromSeconds(5)], Code.Plan.Timers);
        await Code.HandleAsync(0, Activator.CreateInstance(Code.Plan.Handlers[0], 3));
        await Code.HandleAsync(1, 5);
        await Code.TickAsync(0, new ProducerStats(TimeSpan.Zero, 0, 0, 0, 0, 12));
        Assert.Equal(["page 3", "tick 12"], (IEnumerable<string>)_producer.Seen);
    }

    [Fact]
    public void The_manifest_makes_the_producer_for_each_origin()
    {
        var info = (ProducerInfo)s_loaded.Type("Shop.CrawlReport")
            .GetProperty("__dripProducer", System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!.GetValue(null)!;
        var options = new ProducerOptions();
        Assert.Same(options, ((dynamic)info.Create(new Services(), options, null)).Origin);
        Assert.Equal(("a.json", options), ((dynamic)info.Create(new Services(), options, "a.json")).Origin);
        var version = Activator.CreateInstance(s_loaded.Type("Drip.ProducerVersion"))!;
        Assert.NotNull(((dynamic)info.Create(new Services(), options, version)).Origin);
    }

    private static object NewPage(int id) => Activator.CreateInstance(s_loaded.Type("Shop.CrawlReport+Page"), id, "u", "new")!;

    private sealed class Shelf : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;

        public override string ToString() => "the shelf";
    }

    private sealed class Context : StepContext
    {
        private readonly Kept _kept = new();

        public object? Current { get; set; }

        public List<object> Created => _kept.Created;

        public List<object> Updated => _kept.Updated;

        public override RecordStore Store { get; } = new Empty();

        public override RecordChanges Changes => _kept;

        public override ProducerStream Stream { get; } = Opened();

        public override object? Record => Current;

        public override void Label(string text) => Assert.Fail(text);

        private static ProducerStream Opened()
        {
            var stream = new ProducerStream();
            // Only the engine opens streams.
            typeof(ProducerStream).GetMethod("Open", System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!.Invoke(stream, null);
            return stream;
        }
    }

    private sealed class Empty : RecordStore
    {
        public override IReadOnlyCollection<T> All<T>() => [];

        public override T? Find<T>(RecordId id) where T : class => null;
    }

    private sealed class Kept : RecordChanges
    {
        public List<object> Created { get; } = [];

        public List<object> Updated { get; } = [];

        public override T Create<T>(T record)
        {
            Created.Add(record);
            return record;
        }

        public override void Update<T>(T record) => Updated.Add(record);

        public override void Delete<T>(T record) => throw new NotSupportedException();

        public override void Delete<T>(RecordId id) => throw new NotSupportedException();
    }
}
