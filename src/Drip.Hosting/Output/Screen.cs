namespace Drip.Hosting.Output;

/// <summary>What standard output is.</summary>
/// <param name="IsLive">Whether a line can be written over.</param>
/// <param name="HasColour">Whether colours are wanted.</param>
/// <param name="Width">Asks how many characters a line has.</param>
internal sealed record Terminal(bool IsLive, bool HasColour, Func<int> Width)
{
    /// <summary>A file or a pipe.</summary>
    public static Terminal None { get; } = new(false, false, () => int.MaxValue);

    /// <summary>The terminal of this process, if it has one.</summary>
    public static Terminal Detect()
    {
        if (Console.IsOutputRedirected || Environment.GetEnvironmentVariable("TERM") is "dumb") return None;
        var hasColour = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new Terminal(true, hasColour, () => Console.WindowWidth is > 0 and var width ? width : 80);
    }
}

/// <summary>
/// Standard output and standard error, so that lines from several threads, and the one live line at the bottom, do not
/// mix.
/// </summary>
internal sealed class Screen(TextWriter output, TextWriter error, Terminal terminal)
{
    private const string ClearLine = "\r\u001b[K";

    private readonly Lock _lock = new();
    private bool _hasLive;

    public Terminal Terminal => terminal;

    /// <summary>Standard output, for what is written whole.</summary>
    public TextWriter Output => output;

    /// <summary>Standard error, for what is written whole.</summary>
    public TextWriter ErrorOutput => error;

    public void WriteLine(string text = "")
    {
        lock (_lock)
        {
            ClearLive();
            output.WriteLine(text);
        }
    }

    public void WriteErrorLine(string text)
    {
        lock (_lock)
        {
            ClearLive();
            error.WriteLine(text);
        }
    }

    /// <summary>Writes an error as people read it: what is wrong, then what to do.</summary>
    public void WriteError(DripException problem)
    {
        WriteErrorLine(problem.Message);
        WriteErrorLine(problem.Remedy);
    }

    /// <summary>Shows a line that the next one replaces. Only for a terminal that is live.</summary>
    public void ShowLive(string text)
    {
        lock (_lock)
        {
            _hasLive = true;
            output.Write(ClearLine + text);
            output.Flush();
        }
    }

    private void ClearLive()
    {
        if (!_hasLive) return;
        _hasLive = false;
        output.Write(ClearLine);
        output.Flush();
    }
}
