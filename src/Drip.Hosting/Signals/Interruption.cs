using System.Runtime.InteropServices;

namespace Drip.Hosting.Signals;

/// <summary>
/// SIGINT and SIGTERM. The first asks to leave when the batch in flight is done, the second at once; what does not end
/// within two seconds after that is ended. A command that has no batches is told to leave at once by the first.
/// </summary>
/// <param name="time">Measures the two seconds.</param>
/// <param name="exit">Ends the process with this exit code.</param>
internal sealed class Interruption(TimeProvider time, Action<int> exit) : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _drain = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Lock _lock = new();
    private ITimer? _deadline;
    private int _count;
    private bool _hasBatches = true;

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Drain => _drain.Token;

    /// <summary>Cancelled by the second signal.</summary>
    public CancellationToken Abort => _abort.Token;

    /// <summary>The first signal; null before there is one.</summary>
    public PosixSignal? Signal { get; private set; }

    /// <summary>What a process that the first signal ended says to its parent.</summary>
    public int ExitCode => Signal is PosixSignal.SIGTERM ? Hosting.ExitCode.Terminated : Hosting.ExitCode.Interrupted;

    /// <summary>Called at each signal with its number, from 1.</summary>
    public Action<int>? Told { get; set; }

    /// <summary>Takes the signals over from the runtime, which would end the process.</summary>
    public void Listen(bool hasBatches)
    {
        _hasBatches = hasBatches;
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM })
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                Raise(context.Signal);
            }));
        }
    }

    /// <summary>What a signal does.</summary>
    public void Raise(PosixSignal signal)
    {
        int count;
        lock (_lock)
        {
            count = ++_count;
            Signal ??= signal;
            if (count == (_hasBatches ? 2 : 1)) _deadline = time.CreateTimer(_ => exit(ExitCode), null, Grace, Timeout.InfiniteTimeSpan);
        }

        Told?.Invoke(count);

        // Off this thread: what waits for the token may go on for long in the continuation.
        if (count == 1) _ = _drain.CancelAsync();
        else if (count == 2) _ = _abort.CancelAsync();
    }

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _deadline?.Dispose();
    }
}
