using System.Diagnostics;
using System.Text;
using Drip.Servers;

namespace Drip.Hosting.Tests.Postgres;

/// <summary>Does what <c>docs/scale-out.md</c> says, literally, in an empty folder and with a server of its own.</summary>
public sealed class ScaleOutGuide : IDisposable
{
    private const string Clone = "drip=../drip";

    private static readonly string Root = FindRoot();
    private static readonly string Guide = File.ReadAllText(Path.Combine(Root, "docs", "scale-out.md"));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("drip-guide-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Its_commands_lead_from_one_worker_to_eight()
    {
        // The guide starts a server by itself, but only a machine that has one for tests has the programs for it.
        _ = TestPostgres.Server;
        var script = string.Join('\n', Blocks("sh"));
        Assert.Contains(Clone, script);

        var (exitCode, output) = await BashAsync(
            $"trap \"'{Root}/eng/postgres' remove\" EXIT\n" + script.Replace(Clone, $"drip='{Root}'", StringComparison.Ordinal));

        Assert.True(exitCode == 0, output);
        Assert.Matches(@"20000 \| +20000\n", output);
        Assert.Contains("Applied 1 (", output);
        Assert.Matches(@" normalize-names \| completed \| +1 \| +20000\n", output);
    }

    [Fact]
    public void Its_one_line_change_is_what_the_samples_differ_in()
    {
        var change = Assert.Single(Blocks("diff"));
        var lines = change.Split('\n');
        var program = File.ReadAllText(Path.Combine(Root, "samples", "ShopOnPostgres", "Program.cs"));

        Assert.All(lines.Where(line => line.StartsWith('+') || line.StartsWith(' ')), line => Assert.Contains(line[1..], program));
        Assert.DoesNotContain(Assert.Single(lines, line => line.StartsWith('-'))[1..], program);
    }

    private async Task<(int ExitCode, string Output)> BashAsync(string script)
    {
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail"])
        {
            WorkingDirectory = _folder.FullName, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        (start.Environment["MSBUILDDISABLENODEREUSE"], start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"]) = ("1", "1");
        using var bash = Process.Start(start)!;
        var output = new StringBuilder();
        DataReceivedEventHandler take = (_, line) =>
        {
            lock (output) output.Append(line.Data).Append('\n');
        };
        bash.OutputDataReceived += take;
        bash.ErrorDataReceived += take;
        bash.BeginOutputReadLine();
        bash.BeginErrorReadLine();
        // One piece, so that no command of the guide reads the next as its own input.
        await bash.StandardInput.WriteAsync("{\n" + script + "\nexit\n} </dev/null\n");
        bash.StandardInput.Close();
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        lock (output) return (bash.ExitCode, output.ToString());
    }

    private static IEnumerable<string> Blocks(string language)
    {
        var inside = false;
        var block = new StringBuilder();
        foreach (var line in Guide.ReplaceLineEndings("\n").Split('\n'))
        {
            if (line == "```" + language)
            {
                (inside, block) = (true, new StringBuilder());
            }
            else if (inside && line == "```")
            {
                inside = false;
                yield return block.ToString().TrimEnd('\n');
            }
            else if (inside)
            {
                block.Append(line).Append('\n');
            }
        }
    }

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Directory.Packages.props"))) return folder;
        }

        throw new InvalidOperationException("The tests do not run in the repository's folder.");
    }
}
