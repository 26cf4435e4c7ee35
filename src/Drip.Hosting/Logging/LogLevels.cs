using Drip.Hosting.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Drip.Hosting.Logging;

/// <summary>Reads <c>Logging:LogLevel</c>: <c>Default</c>, and a level for each category that has its own.</summary>
internal static class LogLevels
{
    private const string Section = "Logging:LogLevel";

    private static readonly string[] Names = ["Trace", "Debug", "Information", "Warning", "Error", "Critical", "None"];

    /// <summary>Adds the configured rules; without any, warnings and worse are shown.</summary>
    public static void Apply(IConfiguration configuration, LoggerFilterOptions options)
    {
        options.MinLevel = LogLevel.Warning;
        foreach (var entry in configuration.GetSection(Section).GetChildren())
        {
            if (string.IsNullOrWhiteSpace(entry.Value)) continue;
            var level = Array.FindIndex(Names, name => name.Equals(entry.Value.Trim(), StringComparison.OrdinalIgnoreCase));
            if (level < 0)
                throw new WorkerSettings(configuration).Refused($"{Section}:{entry.Key}", "is not a log level", string.Join(", ", Names[..^1]) + " or None");

            var category = entry.Key.Equals("Default", StringComparison.OrdinalIgnoreCase) ? null : entry.Key;
            options.Rules.Add(new LoggerFilterRule(null, category, (LogLevel)level, null));
        }
    }
}
