using System.Diagnostics;

namespace Drip.Aot.Tests;

/// <summary>The sample worker, started as a process of its own.</summary>
/// <param name="command">What starts it.</param>
internal sealed class ShopWorker(params string[] command)
{
    /// <summary>The published binary.</summary>
    public static ShopWorker Published { get; } = new(Repository.PathOf("artifacts", "aot", "shop"));

    /// <summary>The same worker under JIT, as it was built with these tests: its output is where theirs is, beside its own project.</summary>
    public static ShopWorker Compiled { get; } = new("dotnet", Repository.PathOf("samples", "Shop", "bin", Configuration, Framework, "shop.dll"));

    /// <summary>The published binary of the one on PostgreSQL.</summary>
    public static ShopWorker PublishedOnPostgres { get; } = new(Repository.PathOf("artifacts", "aot-postgres", "shop-on-postgres"));

    /// <summary>The one on PostgreSQL under JIT.</summary>
    public static ShopWorker CompiledOnPostgres { get; } =
        new("dotnet", Repository.PathOf("samples", "ShopOnPostgres", "bin", Configuration, Framework, "shop-on-postgres.dll"));

    private static string Framework => Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    private static string Configuration => Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)))!;

    /// <summary>Runs it in the folder with these arguments, to its end.</summary>
    public Task<Outcome> RunAsync(string folder, params string[] arguments) => Outcome.OfAsync(folder, [.. command, .. arguments]);

    /// <summary>Runs it on this database with these arguments, to its end.</summary>
    public Task<Outcome> RunOnAsync(string connectionString, params string[] arguments) =>
        Outcome.OfAsync(Path.GetTempPath(), ["env", $"ConnectionStrings__Default={connectionString}", .. command, .. arguments]);
}

/// <summary>How a process ended.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Error)
{
    public static async Task<Outcome> OfAsync(string folder, string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Outcome(process.ExitCode, await output, await error);
    }
}
