using Drip.Runs;
using Drip.Sqlite.Tests.Harness;

namespace Drip.Sqlite.Tests.Execution;

internal sealed record Greeting(string Text);

internal sealed record Signature(string Text);

internal sealed record Postscript(string Text);

[Backfill]
internal partial class SignItems(Greeting greeting, Postscript? postscript = null)
{
    public Scope<Item> Scope() => Item.All;

    public async Task ProcessElementAsync(Item item, Signature signature, Changes<Item> changes, BatchContext context, CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        changes.Update(item with { Name = $"{greeting.Text} {context.Number} {signature.Text}{postscript?.Text}" });
    }
}

public sealed class Services
{
    [Theory]
    [InlineData(null, "Dear 1 Ann", "Dear 2 Ann")]
    [InlineData(", PS", "Dear 1 Ann, PS", "Dear 2 Ann, PS")]
    public async Task The_constructor_and_the_method_get_services_by_their_type(string? postscript, string first, string second)
    {
        await using var bench = new Workbench(Item.TableOf(2));
        bench.Services.Add(new Greeting("Dear"));
        bench.Services.Add(new Signature("Ann"));
        if (postscript is not null) bench.Services.Add(new Postscript(postscript));

        await bench.RunAsync("sign-items", batchSize: 1);

        Assert.Equal([first, second], bench.List<string>("SELECT name FROM items ORDER BY id"));
    }

    [Fact]
    public async Task A_missing_service_of_the_constructor_fails_the_run_and_is_named()
    {
        await using var bench = new Workbench(Item.TableOf(2));

        var error = await Assert.ThrowsAsync<DripException>(() => bench.RunAsync("sign-items"));

        Assert.Equal((DripErrorKind.Usage, "missing-service"), (error.Kind, error.Code));
        Assert.Contains($"sign-items needs a service of type {typeof(Greeting)}", error.Message);
        var run = Assert.Single(await bench.Store.ListAsync(new Store.RunFilter()));
        Assert.Equal((RunStatus.Failed, null), (run.Status, run.Owner));
    }

    [Fact]
    public async Task A_missing_service_of_the_method_fails_the_run_and_changes_nothing()
    {
        await using var bench = new Workbench(Item.TableOf(2));
        bench.Services.Add(new Greeting("Dear"));

        var error = await Assert.ThrowsAsync<DripException>(() => bench.RunAsync("sign-items"));

        Assert.Contains($"{typeof(Signature)}", error.Message);
        Assert.Equal(["item 1", "item 2"], bench.List<string>("SELECT name FROM items ORDER BY id"));
    }
}
