using Drip.Hosting.Output;
using Drip.Runs;

namespace Drip.Hosting.Progress;

/// <summary>For a pipe or a file: a line every two seconds at most, and only when there is something new to say.</summary>
internal sealed class PlainLines(Screen screen, TimeProvider time) : IProgressView
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private long _lastShown = time.GetTimestamp();
    private RunCounters? _shown;

    public void Show(RunProgress progress)
    {
        // Nothing done is nothing new: the header has said that the run begins.
        _shown ??= progress.Counters;
        if (time.GetElapsedTime(_lastShown) < Pause || _shown.Scanned == progress.Counters.Scanned) return;
        (_lastShown, _shown) = (time.GetTimestamp(), progress.Counters);
        screen.WriteLine(ProgressText.Of(progress));
    }
}
