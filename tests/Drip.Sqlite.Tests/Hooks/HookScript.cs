namespace Drip.Sqlite.Tests.Hooks;

/// <summary>What hooks under test do, and the order in which they were called. What an around-hook does after next() has a slash before it.</summary>
internal sealed class HookScript
{
    private readonly Lock _lock = new();
    private readonly List<string> _calls = [];

    /// <summary>What a hook does, by its name; the others do nothing, and around-hooks call next.</summary>
    public Dictionary<string, Func<HookNext?, CancellationToken, Task>> On { get; } = [];

    public List<object> Contexts { get; } = [];

    public string[] Calls
    {
        get
        {
            lock (_lock) return [.. _calls];
        }
    }

    public void Add(string call)
    {
        lock (_lock) _calls.Add(call);
    }

    public Task CallAsync(string hook, object context, CancellationToken stop)
    {
        Note(hook, context);
        return On.TryGetValue(hook, out var act) ? act(null, stop) : Task.CompletedTask;
    }

    public async Task AroundAsync(string hook, object context, HookNext next, CancellationToken stop)
    {
        Note(hook, context);
        if (On.TryGetValue(hook, out var act)) await act(next, stop);
        else await next();
        Add("/" + hook);
    }

    public void Clear()
    {
        lock (_lock) _calls.Clear();
    }

    private void Note(string hook, object context)
    {
        lock (_lock)
        {
            _calls.Add(hook);
            Contexts.Add(context);
        }
    }
}
