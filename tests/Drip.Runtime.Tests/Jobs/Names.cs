using Drip.Generated;
using Drip.Jobs;
using Drip.Runtime.Tests.Models;

namespace Drip.Runtime.Tests.Jobs;

public sealed class Names
{
    private static readonly string[] Jobs = ["add-role", "expire-sessions", "fill-totals", "normalize-names"];

    [Theory]
    [InlineData("add-roles", "add-role")]
    [InlineData("addrole", "add-role")]
    [InlineData("Add-Role", "add-role")]
    [InlineData("normalise-name", "normalize-names")]
    [InlineData("fil-total", "fill-totals")]
    [InlineData("something-else", null)]
    [InlineData("", null)]
    public void The_nearest_name_is_offered_if_it_is_near(string typed, string? nearest) => Assert.Equal(nearest, NearestName.Find(typed, Jobs));

    [Fact]
    public void Among_no_names_none_is_near() => Assert.Null(NearestName.Find("add-role", []));

    [Fact]
    public void An_unknown_job_is_refused_and_the_nearest_offered()
    {
        var registry = new JobRegistry();
        registry.AddBackfill<FirstJob, Nothing>();

        var error = Assert.Throws<DripException>(() => registry.Find("same-nam"));

        Assert.Equal((DripErrorKind.Usage, "unknown-job"), (error.Kind, error.Code));
        Assert.Contains("Did you mean 'same-name'?", error.Remedy);
    }

    [Fact]
    public void Two_jobs_of_one_name_are_refused_and_both_named()
    {
        var registry = new JobRegistry();
        registry.AddBackfill<FirstJob, Nothing>();

        var error = Assert.Throws<DripException>(registry.AddBackfill<SecondJob, Nothing>);

        Assert.Equal("duplicate-job", error.Code);
        Assert.Contains("Shop.First and Shop.Second", error.Message);
    }

    [Fact]
    public void Producers_are_found_by_name_and_listed_in_order()
    {
        var registry = new JobRegistry();
        registry.AddProducer(Producer("sum-up", "Shop.SumUp"));
        registry.AddProducer(Producer("crawl-report", "Shop.CrawlReport"));

        Assert.Equal(["crawl-report", "sum-up"], registry.Producers.Select(static producer => producer.Plan.Name));
        Assert.Equal("Shop.SumUp", registry.FindProducer("sum-up").Plan.Class);
    }

    [Theory]
    [InlineData("crawl-reports", "Did you mean 'crawl-report'?")]
    [InlineData("something-else", "The producers are: crawl-report, sum-up.")]
    public void An_unknown_producer_is_refused_and_others_offered(string typed, string remedy)
    {
        var registry = new JobRegistry();
        registry.AddProducer(Producer("sum-up", "Shop.SumUp"));
        registry.AddProducer(Producer("crawl-report", "Shop.CrawlReport"));

        var error = Assert.Throws<DripException>(() => registry.FindProducer(typed));

        Assert.Equal((DripErrorKind.Usage, "unknown-producer", remedy), (error.Kind, error.Code, error.Remedy));
    }

    [Fact]
    public void A_worker_without_producers_says_so() =>
        Assert.Contains("This worker has none", Assert.Throws<DripException>(() => new JobRegistry().FindProducer("any")).Remedy);

    [Fact]
    public void Two_producers_of_one_name_are_refused_and_both_named()
    {
        var registry = new JobRegistry();
        registry.AddProducer(Producer("crawl", "Shop.First"));

        var error = Assert.Throws<DripException>(() => registry.AddProducer(Producer("crawl", "Shop.Second")));

        Assert.Equal("duplicate-producer", error.Code);
        Assert.Contains("Shop.First and Shop.Second", error.Message);
    }

    [Theory]
    [InlineData("a.json", "the file a.json", "takes a string")]
    [InlineData(5, "a version", "takes a ProducerVersion")]
    public void A_producer_that_cannot_begin_with_an_origin_says_which_constructor_it_needs(object origin, string problem, string remedy)
    {
        var error = ProducerInfo.CannotBeginWith("crawl", origin);

        Assert.Equal("producer-without-origin", error.Code);
        Assert.Contains(problem, error.Message);
        Assert.Contains(remedy, error.Remedy);
    }

    [Fact]
    public void A_second_hook_handler_is_refused_and_both_are_named()
    {
        var registry = new JobRegistry();
        var handler = new NoHooks();
        registry.AddHookHandler(handler, "Shop.Alerts");

        var error = Assert.Throws<DripException>(() => registry.AddHookHandler(new NoHooks(), "Shop.Reports"));

        Assert.Equal((DripErrorKind.Usage, "duplicate-hook-handler"), (error.Kind, error.Code));
        Assert.Contains("Shop.Alerts and Shop.Reports", error.Message);
        Assert.Same(handler, registry.HookHandler);
    }

    private static ProducerInfo Producer(string name, string type) =>
        new(new ProducerPlan(name, type, [], []), static (_, _, _) => new object());

    private sealed class NoHooks : IHookHandler
    {
        public HookSet Hooks => HookSet.None;

        public ValueTask RunHookAsync(
            HookPoint point, RunContext run, HookNext? next, IServiceProvider services, CancellationToken cancellationToken) => default;

        public ValueTask BatchHookAsync(
            HookPoint point, BatchContext batch, HookNext? next, IServiceProvider services, CancellationToken cancellationToken) => default;
    }

    private sealed class FirstJob : IBackfill<FirstJob, Nothing>
    {
        public static BackfillInfo Info { get; } = new("same-name", "Shop.First");

        public static FirstJob Create(IServiceProvider services, OptionValues options) => new();

        public Scope<Nothing> GetScope() => Scope<Nothing>.All;

        public ValueTask<int> ProcessAsync(BatchWork<Nothing> work, CancellationToken cancellationToken) => new(0);
    }

    private sealed class SecondJob : IBackfill<SecondJob, Nothing>
    {
        public static BackfillInfo Info { get; } = new("same-name", "Shop.Second");

        public static SecondJob Create(IServiceProvider services, OptionValues options) => new();

        public Scope<Nothing> GetScope() => Scope<Nothing>.All;

        public ValueTask<int> ProcessAsync(BatchWork<Nothing> work, CancellationToken cancellationToken) => new(0);
    }
}
