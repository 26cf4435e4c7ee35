using Drip.Simulation.Scheduling;
using Microsoft.Extensions.Logging;

namespace Drip.Simulation.Worlds;

/// <summary>Puts what a process logs into the trace.</summary>
internal sealed class TraceLogger(Schedule schedule, VirtualProcess process) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!process.IsDead) schedule.Tell(process, $"says: {formatter(state, exception)}");
    }
}
