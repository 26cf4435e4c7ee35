using Drip.Hosting.Output;
using Drip.Runs;

namespace Drip.Hosting.Progress;

/// <summary>For a terminal: one line with a bar, written over at most ten times a second.</summary>
internal sealed class LiveLine(Screen screen, TimeProvider time) : IProgressView
{
    private const int BarWidth = 24;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private long? _lastShown;

    public void Show(RunProgress progress)
    {
        if (_lastShown is { } last && time.GetElapsedTime(last) < Pause) return;
        _lastShown = time.GetTimestamp();

        var text = ProgressText.Of(progress);
        var bar = progress.Percent is { } percent ? Bar(percent) : "";
        var room = Math.Max(0, screen.Terminal.Width() - 1 - bar.Length);
        if (text.Length > room) text = text[..room];
        screen.ShowLive(bar.Length > 0 && screen.Terminal.HasColour ? $"\u001b[32m{bar}\u001b[0m{text}" : bar + text);
    }

    private static string Bar(double percent)
    {
        var full = (int)(percent / 100 * BarWidth);
        return new string('━', full) + new string('─', BarWidth - full) + "  ";
    }
}
