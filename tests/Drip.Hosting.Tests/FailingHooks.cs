using System.Text.Json;
using Drip.Generated;
using Drip.Hosting.Tests.Harness;

namespace Drip.Hosting.Tests;

/// <summary>What people see of hooks that fail.</summary>
public sealed class FailingHooks : IDisposable
{
    private readonly TestWorker _worker = new();

    public void Dispose() => _worker.Dispose();

    [Fact]
    public async Task A_hook_that_is_still_to_be_called_is_shown_with_its_run()
    {
        _worker.Configure = builder => builder.AddHookHandler(new Broken("AfterRunCompleted"), "Tests.Broken");
        var run = JsonDocument.Parse((await _worker.RunAsync("run", "give-role", "--json")).Succeeds().Output).RootElement.GetProperty("run").GetString()!;

        var shown = (await _worker.RunAsync("show", run)).Succeeds();
        var hook = JsonDocument.Parse((await _worker.RunAsync("show", run, "--json")).Succeeds().Output).RootElement.GetProperty("pendingHooks")[0];

        Assert.Contains("Hooks to be called", shown.Lines);
        Assert.Contains(shown.Lines, line => line.StartsWith("AfterRunCompleted", StringComparison.Ordinal) && line.Contains("The mail is down."));
        Assert.Contains(shown.Lines, line => line.Contains("hook failed"));
        Assert.Equal(("AfterRunCompleted", 1), (hook.GetProperty("hook").GetString(), hook.GetProperty("attempts").GetInt32()));
    }

    [Fact]
    public async Task A_hook_that_throws_before_the_run_begins_ends_the_command_in_two_sentences()
    {
        _worker.Configure = builder => builder.AddHookHandler(new Broken("BeforeRunRunning"), "Tests.Broken");

        var result = await _worker.RunAsync("run", "give-role");

        Assert.Equal(3, result.ExitCode);
        Assert.Equal(2, result.ErrorLines.Length);
        Assert.EndsWith("failed, because its hook BeforeRunRunning did: The mail is down.", result.ErrorLines[0], StringComparison.Ordinal);
    }

    private sealed class Broken(string hook) : IHookHandler
    {
        public HookSet Hooks => HookSet.None.With(HookPoint.TryParse(hook)!.Value);

        public ValueTask RunHookAsync(HookPoint point, RunContext run, HookNext? next, IServiceProvider services, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("The mail is down.");

        public ValueTask BatchHookAsync(HookPoint point, BatchContext batch, HookNext? next, IServiceProvider services, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("The mail is down.");
    }
}
