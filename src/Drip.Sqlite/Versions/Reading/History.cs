using Drip.Producers.Versions;
using Microsoft.Data.Sqlite;

namespace Drip.Sqlite.Versions;

/// <summary>Where the versions of a run are: its own, its parent's up to the branch, and so on.</summary>
internal static class History
{
    /// <summary>The segments, the oldest first.</summary>
    /// <exception cref="DripException">One of the runs cannot be read with the models as they are.</exception>
    public static Segment[] Of(SqliteConnection connection, RunRow run, ProducerModels models, RecordCodec[] codecs)
    {
        var stored = new StoredModels(models, codecs);
        var segments = new List<Segment>();
        var last = long.MaxValue;
        for (var row = run; ;)
        {
            var first = (row.Run.Parent?.Version ?? -1) + 1;
            // A branch of a branch may begin before its parent did.
            if (first <= last) segments.Insert(0, new Segment(row.Id, first, last, stored.Of(connection, row)));
            if (row.Parent is not { } parent) return [.. segments];
            if (parent >= row.Id) throw new InvalidDataException("A run is its own ancestor.");
            last = Math.Min(last, first - 1);
            row = RunRows.Find(connection, parent) ?? throw new InvalidDataException("The parent of a run is missing.");
        }
    }
}
