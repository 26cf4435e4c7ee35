using System.Globalization;

namespace Drip.Simulation.Scheduling;

/// <summary>What happened in a simulation: the last lines for people, and a digest of all of them to compare two runs of a seed.</summary>
internal sealed class Trace(int kept)
{
    private const ulong Prime = 1099511628211;

    private readonly Queue<string> _lines = new(kept);

    /// <summary>The same for the same lines in the same order.</summary>
    public ulong Digest { get; private set; } = 14695981039346656037;

    /// <summary>How many lines there were.</summary>
    public long Count { get; private set; }

    /// <summary>The newest lines, oldest first.</summary>
    public IReadOnlyCollection<string> Last => _lines;

    public void Add(TimeSpan at, string who, string what)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{at.TotalSeconds,10:F4}  {who,-5} {what}");
        foreach (var letter in line) Digest = (Digest ^ letter) * Prime;
        Count++;
        if (_lines.Count == kept) _lines.Dequeue();
        _lines.Enqueue(line);
    }
}
