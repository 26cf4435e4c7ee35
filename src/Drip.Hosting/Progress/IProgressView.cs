using Drip.Runs;

namespace Drip.Hosting.Progress;

/// <summary>Shows a run while it goes on. Called after each batch, from one thread at a time.</summary>
internal interface IProgressView
{
    void Show(RunProgress progress);
}
