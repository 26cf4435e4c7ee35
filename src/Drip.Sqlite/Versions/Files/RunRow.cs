using Drip.Producers.Versions;

namespace Drip.Sqlite.Versions;

/// <summary>A run with its number in the file and that of its parent.</summary>
internal sealed record RunRow(long Id, long? Parent, VersionRun Run);
