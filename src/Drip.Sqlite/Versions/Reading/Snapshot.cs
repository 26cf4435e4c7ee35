namespace Drip.Sqlite.Versions;

/// <summary>A snapshot that is complete.</summary>
/// <param name="Segment">The index of the segment that it is in.</param>
/// <param name="Number">Its version.</param>
/// <param name="Pieces">How many pieces it has.</param>
/// <param name="Size">Their bytes.</param>
internal sealed record Snapshot(int Segment, long Number, long Pieces, long Size);
