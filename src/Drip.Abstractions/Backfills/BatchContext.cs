namespace Drip;

/// <summary>Where a batch stands in its run.</summary>
/// <param name="RunId">The run's id.</param>
/// <param name="Job">The job's name.</param>
/// <param name="Number">The batch's number in its partition, from 1. With <paramref name="RunId"/> and the partition it identifies the batch, also when it is tried again.</param>
/// <param name="From">The key after which the batch begins, itself not included; null at the beginning.</param>
/// <param name="To">The last key of the batch, itself included.</param>
/// <param name="Size">How many rows the batch has.</param>
public sealed record BatchContext(string RunId, string Job, long Number, Key? From, Key To, int Size)
{
    /// <summary>The partition of the run that the batch is of; 0 where a run is not divided.</summary>
    public int Partition { get; init; }
}
