using System.Reflection;
using Drip.Data;
using Drip.Hooks;

namespace Drip.Sqlite.Tests.Harness;

/// <summary>At which call a connection breaks.</summary>
/// <param name="Call">The contract and its method, for example <c>ICursors.ClaimAsync</c>.</param>
/// <param name="Nth">At which of these calls, from 1.</param>
/// <param name="IsDone">Whether what was asked for has happened by then.</param>
internal sealed record Break(string Call, int Nth, bool IsDone);

/// <summary>Breaks the connection to a store and a database at one call, and counts all calls.</summary>
internal sealed class Breaks(Break? at)
{
    private static readonly string[] NoRequests = ["DisposeAsync", "Explain", "IsIn", "GetMigrationsAsync", "MigrateAsync"];

    private readonly Dictionary<string, int> _calls = new(StringComparer.Ordinal);

    /// <summary>How often each method was called.</summary>
    public IReadOnlyDictionary<string, int> Calls => _calls;

    /// <summary>Whether the call came at which the connection was to break.</summary>
    public bool HasBroken { get; private set; }

    public T Around<T>(T inner) where T : class => Breaking<T>.Create(inner, this);

    /// <summary>A batch's transaction of such a connection; a proxy cannot stand before its generic method.</summary>
    public object Around(object inner) => inner switch
    {
        IBatchTransaction<Item> transaction => new BreakingTransaction(transaction, this),
        ITable<Item> table => Around(table),
        _ => throw new NotSupportedException(),
    };

    /// <summary>Makes one call.</summary>
    public async Task<T> AtAsync<T>(string call, Func<ValueTask<T>> make)
    {
        var broken = Count(call);
        if (broken is { IsDone: false }) throw Lost();
        var value = await make();
        return broken is null ? value : throw Lost();
    }

    public static DripException Lost() => new(DripErrorKind.Busy, "connection-lost", "The connection broke.", "Wait.");

    public bool IsRequest(MethodInfo method) => !method.IsSpecialName && !NoRequests.Contains(method.Name);

    /// <summary>Counts a call; not null if the connection breaks at it.</summary>
    public Break? Count(string call)
    {
        lock (_calls)
        {
            var count = _calls[call] = _calls.GetValueOrDefault(call) + 1;
            if (call != at?.Call || count != at.Nth) return null;
            HasBroken = true;
            return at;
        }
    }
}

/// <summary>Stands before a contract, and before the contracts that its methods return.</summary>
internal class Breaking<T> : DispatchProxy where T : class
{
    private T _inner = null!;
    private Breaks _breaks = null!;

    public static T Create(T inner, Breaks breaks)
    {
        var proxy = Create<T, Breaking<T>>();
        var self = (Breaking<T>)(object)proxy;
        (self._inner, self._breaks) = (inner, breaks);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? method, object?[]? arguments)
    {
        var broken = _breaks.IsRequest(method!) ? _breaks.Count($"{typeof(T).Name.Split('`')[0]}.{method!.Name}") : null;
        if (broken is { IsDone: false }) throw Breaks.Lost();
        var result = method!.Invoke(_inner, BindingFlags.DoNotWrapExceptions, null, arguments, null);
        var type = method.ReturnType;
        if (result is ValueTask done) return broken is null ? result : BreakAsync(done);
        if (!type.IsGenericType || type.GetGenericTypeDefinition() is var kind && kind != typeof(ValueTask<>) && kind != typeof(Task<>))
            return broken is null ? Wrap(result, type) : throw Breaks.Lost();

        var finish = typeof(Breaking<T>).GetMethod(kind == typeof(Task<>) ? nameof(FinishTaskAsync) : nameof(FinishAsync), BindingFlags.NonPublic | BindingFlags.Instance)!;
        return finish.MakeGenericMethod(type.GetGenericArguments()[0]).Invoke(this, [result, broken is not null]);
    }

    private static async ValueTask BreakAsync(ValueTask done)
    {
        await done;
        throw Breaks.Lost();
    }

    private async ValueTask<TResult> FinishAsync<TResult>(ValueTask<TResult> result, bool breaks) => await FinishTaskAsync(result.AsTask(), breaks);

    private async Task<TResult> FinishTaskAsync<TResult>(Task<TResult> result, bool breaks)
    {
        var value = await result;
        if (!breaks) return (TResult)Wrap(value, typeof(TResult))!;

        // Whatever was opened is gone with its connection.
        if (value is IAsyncDisposable opened) await opened.DisposeAsync();
        throw Breaks.Lost();
    }

    private object? Wrap(object? value, Type type)
    {
        if (value is null) return null;
        return type == typeof(IOutbox) ? _breaks.Around((IOutbox)value) : type == typeof(IBatchTransaction<Item>) ? _breaks.Around(value) : value;
    }
}
