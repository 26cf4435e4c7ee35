namespace Drip.Sqlite.Tests.Versions.Harness;

internal sealed class NotMergedException() : Exception("A log of versions merges nothing.");
