using Drip.Simulation.Faults;
using Drip.Simulation.Model;
using Drip.Simulation.Scheduling;

namespace Drip.Simulation.Jobs;

/// <summary>Which rows are bad, and in which way.</summary>
internal sealed class BadRows
{
    /// <summary>Rows at which the author's method throws.</summary>
    public HashSet<long> Throwing { get; } = [];

    /// <summary>Rows that kill the process which touches them.</summary>
    public HashSet<long> Deadly { get; } = [];

    /// <summary>How often a method throws for no reason of its rows.</summary>
    public double Flakiness { get; set; }
}

/// <summary>What the jobs of one process use: their own work, which takes time and goes wrong.</summary>
internal sealed class JobHost(VirtualProcess process, BadRows bad, Service outside, Network network, Random random, Action<VirtualProcess> kill) : IServiceProvider
{
    public object? GetService(Type serviceType) => serviceType == typeof(JobHost) ? this : null;

    /// <summary>Waits for something outside, and fails now and then.</summary>
    public async Task PonderAsync(CancellationToken cancellationToken)
    {
        if (random.NextDouble() < bad.Flakiness) throw new TimeoutException("Something outside did not answer.");
        if (random.Next(4) == 0) await network.SendAsync(process, outside, "ponder", () => true, cancellationToken, isLocal: true).ConfigureAwait(false);
    }

    /// <summary>A deadly row is touched: whoever awaits this is not there any more.</summary>
    public Task DieAtAsync(Key? after, Key to)
    {
        var (low, high) = (DatabaseState.At(after) ?? long.MinValue, DatabaseState.At(to));
        if (!bad.Deadly.Any(key => key > low && key <= high)) return Task.CompletedTask;
        kill(process);
        return new TaskCompletionSource().Task;
    }

    public void ThrowIfBad(long key)
    {
        if (bad.Throwing.Contains(key)) throw new FormatException($"The row {key} is bad.");
    }
}
