namespace Drip.Producers.Records;

/// <summary>A version that somebody looks at, in the order of the versions.</summary>
internal sealed class ViewPin
{
    public long Version { get; set; }

    public ViewPin? Older { get; set; }

    public ViewPin? Newer { get; set; }
}
