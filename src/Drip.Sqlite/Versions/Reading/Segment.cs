namespace Drip.Sqlite.Versions;

/// <summary>The versions that a run has of its own, as far as they belong to the history of a branch.</summary>
/// <param name="Run">The run's number in the file.</param>
/// <param name="First">Its first version.</param>
/// <param name="Last">The last one that belongs to the history; the largest number there is for the run itself, which may go on.</param>
/// <param name="Models">The models that it was written with.</param>
internal sealed record Segment(long Run, long First, long Last, StoredModel[] Models)
{
    /// <summary>The index that a model was written with; -1 where the run did not have it.</summary>
    public int PositionOf(int model) => Array.FindIndex(Models, stored => stored.Index == model);
}
