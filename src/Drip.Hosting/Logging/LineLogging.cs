using System.Globalization;
using Drip.Hosting.Output;
using Microsoft.Extensions.Logging;

namespace Drip.Hosting.Logging;

/// <summary>Writes log messages to standard error, one line each; an exception follows below its message.</summary>
internal sealed class LineLogging(Screen screen, TimeProvider time) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new LineLogger(categoryName, screen, time);

    public void Dispose()
    {
        // The screen belongs to the worker.
    }

    private sealed class LineLogger(string category, Screen screen, TimeProvider time) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var message = formatter(state, exception).ReplaceLineEndings(" ");
            var line = string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyy-MM-dd HH:mm:ss}Z {Name(logLevel)} {category}: {message}");
            screen.WriteErrorLine(exception is null ? line : line + Environment.NewLine + exception);
        }

        private static string Name(LogLevel level) => level switch
        {
            LogLevel.Trace => "trace",
            LogLevel.Debug => "debug",
            LogLevel.Information => "info",
            LogLevel.Warning => "warn",
            LogLevel.Error => "error",
            _ => "critical",
        };
    }
}
