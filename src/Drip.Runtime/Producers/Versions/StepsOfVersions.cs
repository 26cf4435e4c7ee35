using System.Numerics;

namespace Drip.Producers.Versions;

/// <summary>Which step wrote which version, for those versions that a running step does not see yet: they are named when it collides with one.</summary>
internal sealed class StepsOfVersions
{
    private StepRecord?[] _ring = new StepRecord?[16];
    private long _first;
    private long _next;

    /// <summary>Takes the next version's step; null where it is not a step's.</summary>
    /// <param name="version">The version.</param>
    /// <param name="step">Its step.</param>
    /// <param name="seen">The newest version that everybody sees; those up to it are forgotten.</param>
    public void Add(long version, StepRecord? step, long seen)
    {
        if (_next == _first) _first = version;
        for (; _first <= seen && _first < _next; _first++) _ring[_first & (_ring.Length - 1)] = null;
        if (_first == _next) _first = version;
        if (version - _first >= _ring.Length) Grow(version);
        _ring[version & (_ring.Length - 1)] = step;
        _next = version + 1;
    }

    /// <summary>Names the step that wrote a version.</summary>
    public string NameOf(long version) =>
        version >= _first && version < _next && _ring[version & (_ring.Length - 1)] is { } step ? StepNames.Of(step) : "the initial data";

    private void Grow(long version)
    {
        var ring = new StepRecord?[(int)BitOperations.RoundUpToPowerOf2((uint)(version - _first + 1))];
        for (var number = _first; number < _next; number++) ring[number & (ring.Length - 1)] = _ring[number & (_ring.Length - 1)];
        _ring = ring;
    }
}
