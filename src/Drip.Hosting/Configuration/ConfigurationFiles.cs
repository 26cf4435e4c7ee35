using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;

namespace Drip.Hosting.Configuration;

/// <summary>
/// Where a worker's configuration comes from, later ones winning: <c>appsettings.json</c>,
/// <c>appsettings.{DRIP_ENVIRONMENT}.json</c>, environment variables. A file is looked for in the current directory first,
/// then beside the program, and need not exist.
/// </summary>
internal static class ConfigurationFiles
{
    /// <summary>Reads what there is; what could not be read is left out, and the first such problem returned.</summary>
    public static (ConfigurationManager Configuration, DripException? Problem) Load()
    {
        var configuration = new ConfigurationManager();
        var problem = AddFile(configuration, "appsettings.json");
        if (Environment.GetEnvironmentVariable("DRIP_ENVIRONMENT") is { Length: > 0 } environment)
            problem ??= AddFile(configuration, $"appsettings.{environment}.json");
        configuration.AddEnvironmentVariables();
        return (configuration, problem);
    }

    private static DripException? AddFile(ConfigurationManager configuration, string name)
    {
        var path = new[] { Directory.GetCurrentDirectory(), AppContext.BaseDirectory }
            .Select(directory => Path.Combine(directory, name))
            .FirstOrDefault(File.Exists);
        if (path is null) return null;
        try
        {
            ((IConfigurationBuilder)configuration).Add(new JsonFile(path));
            return null;
        }
        catch (Exception error) when (error is FormatException or System.Text.Json.JsonException)
        {
            return new DripException(DripErrorKind.Usage, "malformed-configuration",
                $"The file {path} is not valid JSON: {(error.InnerException ?? error).Message}",
                "Correct it, or take it away to run with the defaults.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new DripException(DripErrorKind.Usage, "unreadable-configuration",
                $"The file {path} cannot be read: {error.Message}", "Let this user read it, or take it away.", error);
        }
    }

    // The file provider of the JSON package watches directories, which a worker that lives for one run has no use for.
    private sealed class JsonFile(string path) : IConfigurationSource
    {
        public IConfigurationProvider Build(IConfigurationBuilder builder) =>
            new JsonStreamConfigurationProvider(new JsonStreamConfigurationSource { Stream = new MemoryStream(File.ReadAllBytes(path)) });
    }
}
