using System.Runtime.InteropServices;

namespace Drip.Hosting.Signals;

/// <summary>How a worker is told to leave.</summary>
internal enum Leaving
{
    /// <summary>When the batches in flight are done.</summary>
    AfterBatch,
    /// <summary>At once, by a second signal.</summary>
    AtOnce,
    /// <summary>At once, because the batches in flight took longer than they may.</summary>
    OutOfTime,
}

/// <summary>
/// SIGINT and SIGTERM. The first asks to leave when the batch in flight is done, and gives it a budget of time for that; the
/// second, or the end of the budget, asks to leave at once; what does not end within two seconds after that is ended. A
/// command that has no batches is told to leave at once by the first.
/// </summary>
/// <param name="time">Measures the budget and the two seconds.</param>
/// <param name="exit">Ends the process with this exit code.</param>
internal sealed class Interruption(TimeProvider time, Action<int> exit) : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _drain = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Lock _lock = new();
    private ITimer? _budgetEnd;
    private ITimer? _deadline;
    private bool _hasBatches = true;
    private bool _isLeavingAtOnce;

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Drain => _drain.Token;

    /// <summary>Cancelled by the second signal, or at the end of the budget.</summary>
    public CancellationToken Abort => _abort.Token;

    /// <summary>The first signal; null before there is one.</summary>
    public PosixSignal? Signal { get; private set; }

    /// <summary>What a process that the first signal ended says to its parent.</summary>
    public int ExitCode => Signal is PosixSignal.SIGTERM ? Hosting.ExitCode.Terminated : Hosting.ExitCode.Interrupted;

    /// <summary>How long the batch in flight has after the first signal; null for as long as it takes.</summary>
    public TimeSpan? Budget { get; set; }

    /// <summary>Called when the worker is told to leave, and again when it is told to leave at once.</summary>
    public Action<Leaving>? Told { get; set; }

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
        lock (_lock)
        {
            if (Signal is null)
            {
                Signal = signal;
                if (!_hasBatches) _deadline = time.CreateTimer(_ => exit(ExitCode), null, Grace, Timeout.InfiniteTimeSpan);
                else if (Budget is { } budget) _budgetEnd = time.CreateTimer(_ => LeaveAtOnce(Leaving.OutOfTime), null, budget, Timeout.InfiniteTimeSpan);
                Told?.Invoke(Leaving.AfterBatch);

                // Off this thread: what waits for the token may go on for long in the continuation.
                _ = _drain.CancelAsync();
                return;
            }
        }

        LeaveAtOnce(Leaving.AtOnce);
    }

    private void LeaveAtOnce(Leaving why)
    {
        lock (_lock)
        {
            if (_isLeavingAtOnce) return;
            _isLeavingAtOnce = true;
            _deadline ??= time.CreateTimer(_ => exit(ExitCode), null, Grace, Timeout.InfiniteTimeSpan);
        }

        Told?.Invoke(why);
        _ = _abort.CancelAsync();
    }

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _budgetEnd?.Dispose();
        _deadline?.Dispose();
    }
}
