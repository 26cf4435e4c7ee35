using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Drip.Generators.Tests.Analysis;

/// <summary>A small project in a folder of its own, which the SDK builds with Drip's generators as users' projects are built.</summary>
internal sealed partial class BuiltProject : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("drip-locked-");

    public BuiltProject(string props)
    {
        Write("Work.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net{Environment.Version.Major}.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
                <Using Include="Drip" />
                <Reference Include="{typeof(ModelAttribute).Assembly.Location}" />
                <Analyzer Include="{typeof(Pipelines.PlanLockGenerator).Assembly.Location}" />
              </ItemGroup>
              <Import Project="{props}" />
            </Project>
            """);
        Write("Engine.cs", TestSources.Engine);
    }

    public string Path(string file) => System.IO.Path.Combine(_folder.FullName, file);

    public void Write(string file, string text) => File.WriteAllText(Path(file), text);

    public string Read(string file) => File.ReadAllText(Path(file));

    /// <summary>Builds it; the lines with its errors and warnings, without paths, each once.</summary>
    public async Task<string[]> BuildAsync(params string[] arguments)
    {
        // Nothing stays behind: no node and no compiler waits for the next build.
        using var process = Process.Start(new ProcessStartInfo("dotnet",
            ["build", "-nologo", "-v:quiet", "-clp:NoSummary", "-nodeReuse:false", "-p:UseSharedCompilation=false", .. arguments])
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Empty(await errors);
        var complaints = Complaint().Matches(output).Select(static match => match.Value.TrimEnd()).Distinct().ToArray();
        Assert.True(process.ExitCode == 0 || complaints.Length > 0, output);
        return complaints;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [GeneratedRegex(@"(error|warning) [A-Z]+\d+: .*?(?= \[|$)", RegexOptions.Multiline)]
    private static partial Regex Complaint();
}
