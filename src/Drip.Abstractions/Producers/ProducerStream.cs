using System.Threading.Channels;

namespace Drip;

/// <summary>
/// Carries typed events from steps to those who watch a run. Handlers are called one at a time, in the order in which the events were
/// pushed, and all of them before the run's <c>RunAsync</c> returns. A stream of one's own, with handlers that reach their
/// surroundings, is given to a producer in its options.
/// </summary>
public sealed class ProducerStream
{
    private readonly Dictionary<Type, List<Func<object?, ValueTask>>> _handlers = [];
    private Channel<StreamEvent>? _events;

    /// <summary>Adds a handler for events of a type.</summary>
    public ProducerStream On<T>(Action<T> handler) => On<T>(payload =>
    {
        handler(payload);
        return ValueTask.CompletedTask;
    });

    /// <summary>Adds an asynchronous handler for events of a type; the next event waits for it.</summary>
    public ProducerStream On<T>(Func<T, ValueTask> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Add(typeof(T), payload => handler((T)payload!));
    }

    /// <summary>Adds a handler that does not look at the payload.</summary>
    public ProducerStream On<T>(Action handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Add(typeof(T), _ =>
        {
            handler();
            return ValueTask.CompletedTask;
        });
    }

    /// <summary>Pushes an event. Events of a type that nobody handles are dropped, and counted.</summary>
    public void Push<T>(T payload) => Events.TryWrite(new StreamEvent(typeof(T), payload));

    /// <summary>Pushes an event without a payload; handlers that take one get the type's default value.</summary>
    public void Push<T>() => Push<T>(default!);

    /// <summary>How many events nobody handled.</summary>
    public long Unhandled { get; private set; }

    private ChannelWriter<StreamEvent> Events =>
        (_events ?? throw new InvalidOperationException("The stream belongs to no run yet. Push from steps and gates.")).Writer;

    internal ProducerStream Add(Type type, Func<object?, ValueTask> handler)
    {
        if (!_handlers.TryGetValue(type, out var list)) _handlers.Add(type, list = []);
        list.Add(handler);
        return this;
    }

    /// <summary>A stream whose handlers are called as well, after this one's.</summary>
    internal ProducerStream? Further { get; init; }

    /// <summary>Opens the stream for a run.</summary>
    internal void Open()
    {
        _events = Channel.CreateUnbounded<StreamEvent>(new UnboundedChannelOptions { SingleReader = true });
        if (Further is not null) Further._events = _events;
    }

    /// <summary>Says that no event follows.</summary>
    internal void Complete() => _events!.Writer.Complete();

    /// <summary>Calls the handlers until the stream is complete and empty; <paramref name="failed"/> takes what they throw.</summary>
    internal async Task DrainAsync(Action<Exception> failed)
    {
        await foreach (var next in _events!.Reader.ReadAllAsync().ConfigureAwait(false)) await DeliverAsync(next, failed).ConfigureAwait(false);
    }

    /// <summary>Calls the handlers for what has been pushed so far.</summary>
    internal async Task DrainPushedAsync(Action<Exception> failed)
    {
        while (_events!.Reader.TryRead(out var next)) await DeliverAsync(next, failed).ConfigureAwait(false);
    }

    private async ValueTask DeliverAsync(StreamEvent next, Action<Exception> failed)
    {
        var handled = await DeliverAsync(_handlers, next, failed).ConfigureAwait(false);
        if (Further is not null) handled |= await DeliverAsync(Further._handlers, next, failed).ConfigureAwait(false);
        if (handled) return;
        Unhandled++;
        if (Further is not null) Further.Unhandled++;
    }

    private static async ValueTask<bool> DeliverAsync(
        Dictionary<Type, List<Func<object?, ValueTask>>> all, StreamEvent next, Action<Exception> failed)
    {
        if (!all.TryGetValue(next.Type, out var handlers)) return false;
        foreach (var handler in handlers)
        {
            try
            {
                await handler(next.Payload).ConfigureAwait(false);
            }
            catch (Exception error)
            {
                failed(error);
            }
        }

        return true;
    }

    private sealed record StreamEvent(Type Type, object? Payload);
}
