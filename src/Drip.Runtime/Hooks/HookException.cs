using Drip.Generated;

namespace Drip.Hooks;

/// <summary>
/// A hook threw where that keeps the transition from happening. Marked so that it is taken for no error of a row or of the
/// database, whatever the hook threw.
/// </summary>
internal sealed class HookException(HookPoint point, Exception inner) : Exception($"{point}: {inner.Message}", inner)
{
    public HookPoint Point { get; } = point;
}
