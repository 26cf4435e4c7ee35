using System.Diagnostics;

namespace Drip;

/// <summary>Runs commands of the system's shell, line by line.</summary>
public static class Shell
{
    /// <summary>Runs a command and waits for its end. When it is cancelled, the command is killed, with the processes that it started.</summary>
    /// <param name="command">What the shell is given: <c>sh -c</c>, or <c>cmd /c</c> on Windows.</param>
    /// <param name="onLine">Takes the lines of its output, one call at a time.</param>
    /// <param name="onError">Takes the lines of its error output, one call at a time.</param>
    /// <param name="cancellationToken">Kills the command.</param>
    /// <returns>Its exit code.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task<int> RunAsync(
        string command, Action<string>? onLine = null, Action<string>? onError = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(command);
        cancellationToken.ThrowIfCancellationRequested();
        using var process = Process.Start(StartOf(command)) ?? throw new InvalidOperationException("The shell could not be started.");
        try
        {
            process.StandardInput.Close();
            await Task.WhenAll(
                ReadAsync(process, process.StandardOutput, onLine, cancellationToken),
                ReadAsync(process, process.StandardError, onError, cancellationToken)).ConfigureAwait(false);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return process.ExitCode;
        }
        finally
        {
            Kill(process);
        }
    }

    /// <summary>The same, for a command that must succeed.</summary>
    /// <exception cref="DripException">It ended with an exit code other than 0; the last lines of its error output are told.</exception>
    public static async Task RunOrThrowAsync(
        string command, Action<string>? onLine = null, Action<string>? onError = null, CancellationToken cancellationToken = default)
    {
        const int kept = 5;
        var last = new Queue<string>();
        var code = await RunAsync(command, onLine, Keep, cancellationToken).ConfigureAwait(false);
        if (code == 0) return;
        throw new DripException(
            DripErrorKind.RunFailed, "command-failed",
            $"The command '{command}' ended with the exit code {code}{(last.Count == 0 ? "." : $": {string.Join(" / ", last)}")}",
            "Run it by hand to see what it needs.");

        void Keep(string line)
        {
            if (last.Count == kept) last.Dequeue();
            last.Enqueue(line);
            onError?.Invoke(line);
        }
    }

    private static ProcessStartInfo StartOf(string command)
    {
        var start = new ProcessStartInfo
        {
            FileName = OperatingSystem.IsWindows() ? "cmd.exe" : "/bin/sh",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        if (OperatingSystem.IsWindows())
        {
            // cmd does its own splitting, and wants the command as it is.
            start.Arguments = $"/s /c \"{command}\"";
        }
        else
        {
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add(command);
        }

        return start;
    }

    private static async Task ReadAsync(Process process, StreamReader from, Action<string>? to, CancellationToken cancellationToken)
    {
        try
        {
            while (await from.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line) to?.Invoke(line);
        }
        catch
        {
            // Nobody reads the rest of the output, so the command must not wait for that.
            Kill(process);
            throw;
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself in the meantime.
        }
    }
}
