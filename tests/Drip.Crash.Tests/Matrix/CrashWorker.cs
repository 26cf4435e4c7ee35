using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Drip.Crash.Tests.Matrix;

/// <summary>A process of the published worker.</summary>
internal sealed class CrashWorker : IDisposable
{
    public const int Killed = 128 + 9;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    public CrashWorker(string folder, string[] arguments, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var start = new ProcessStartInfo(CrashApp.Binary, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        _process = Process.Start(start)!;
        (_output, _errors) = (_process.StandardOutput.ReadToEndAsync(), _process.StandardError.ReadToEndAsync());
    }

    /// <summary>How long ago it was started.</summary>
    public TimeSpan Age => Stopwatch.GetElapsedTime(_began);

    public bool HasExited => _process.HasExited;

    public void Kill() => _process.Kill();

    public void Terminate() => Assert.Equal(0, Send(_process.Id, 15));

    public void Continue() => Assert.Equal(0, Send(_process.Id, 18));

    /// <summary>Waits until a signal has stopped it; false if it ended first.</summary>
    public async Task<bool> HasStoppedAsync()
    {
        await UntilAsync(() => _process.HasExited || State() == 'T', "the worker to be stopped");
        return !_process.HasExited;
    }

    public async Task<Ended> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return new Ended(_process.ExitCode, await _output, await _errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>Waits for what another process does, which cannot be waited for in any other way than by looking.</summary>
    public static async Task UntilAsync(Func<bool> isTrue, string what)
    {
        var began = Stopwatch.GetTimestamp();
        while (!isTrue())
        {
            if (Stopwatch.GetElapsedTime(began) > Patience) throw new TimeoutException($"Waited {Patience} for {what}.");
            await Task.Delay(2);
        }
    }

    // The name in parentheses may hold anything; the state is the field behind it.
    private char State()
    {
        try
        {
            var text = File.ReadAllText($"/proc/{_process.Id}/stat");
            return text[text.LastIndexOf(')') + 2];
        }
        catch (IOException)
        {
            // It ended just now.
            return 'X';
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Send(int process, int signal);
}
