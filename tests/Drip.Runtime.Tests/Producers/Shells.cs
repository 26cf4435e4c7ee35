namespace Drip.Runtime.Tests.Producers;

public sealed class Shells
{
    [Fact]
    public async Task A_command_gives_its_lines_and_its_exit_code()
    {
        var (lines, errors) = (new List<string>(), new List<string>());

        var code = await Shell.RunAsync("echo one; echo two >&2; echo three; exit 3", lines.Add, errors.Add);

        Assert.Equal(3, code);
        Assert.Equal(["one", "three"], lines);
        Assert.Equal(["two"], errors);
    }

    [Fact]
    public async Task A_command_that_must_succeed_tells_the_last_lines_of_its_errors()
    {
        await Shell.RunOrThrowAsync("true");
        var failure = await Assert.ThrowsAsync<DripException>(() => Shell.RunOrThrowAsync("for i in 1 2 3 4 5 6 7; do echo line $i >&2; done; exit 9"));

        Assert.Contains("ended with the exit code 9: line 3 / line 4 / line 5 / line 6 / line 7", failure.Message);
    }

    [Fact]
    public async Task A_command_that_is_cancelled_is_killed_with_its_children()
    {
        using var cancellation = new CancellationTokenSource();
        var child = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Shell.RunAsync(
            "sleep 1000 & echo $!; wait",
            line =>
            {
                child = int.Parse(line, System.Globalization.CultureInfo.InvariantCulture);
                cancellation.Cancel();
            },
            cancellationToken: cancellation.Token));

        Assert.True(HasEnded(child));
    }

    [Fact]
    public async Task A_callback_that_throws_ends_the_command()
    {
        await Assert.ThrowsAsync<IOException>(() => Shell.RunAsync("while true; do echo line; done", _ => throw new IOException("enough")));
    }

    // A killed process stays in the table until its parent has taken note of it.
    private static bool HasEnded(int process)
    {
        var status = $"/proc/{process}/stat";
        for (var look = 0; look < 1_000_000; look++)
        {
            if (!File.Exists(status)) return true;
            try
            {
                if (File.ReadAllText(status).Split(')')[^1].TrimStart()[0] == 'Z') return true;
            }
            catch (IOException)
            {
                // It went away between the two looks.
                return true;
            }
        }

        return false;
    }
}
