using Drip.Generated;

namespace Drip.Producers.Versions;

/// <summary>What a version is the record of.</summary>
internal enum VersionKind
{
    /// <summary>The initial data; version 0 of a run that is no branch.</summary>
    Initial,
    /// <summary>A pipeline has opened, for a record where it runs for each: its steps are on record as not run.</summary>
    Opened,
    /// <summary>A step that must not run twice is about to start.</summary>
    Intent,
    /// <summary>A step has ended: its changes and the record of the step, together.</summary>
    Step,
}

/// <summary>One applied set of changes: data and progress together.</summary>
/// <param name="Number">Counts from 0 within a run; a branch goes on from its parent's version.</param>
/// <param name="Kind">What it is the record of.</param>
/// <param name="Pipeline">The pipeline's name; empty for the initial data.</param>
/// <param name="Step">The step's name; empty where there is none.</param>
/// <param name="Record">The record of a pipeline that runs for each.</param>
/// <param name="Attempt">Which try of the step it was, from 1; 0 where there is no step.</param>
/// <param name="At">When.</param>
/// <param name="Changes">What changed, those of <see cref="StepRecord"/> last.</param>
internal sealed record Version(
    long Number, VersionKind Kind, string Pipeline, string Step, RecordId? Record, int Attempt, DateTimeOffset At, RecordChange[] Changes);

/// <summary>One record's change.</summary>
/// <param name="Model">The model's index in <see cref="ProducerModels"/>.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Id">The record's id.</param>
/// <param name="Columns">Which columns an update changed.</param>
/// <param name="Before">The record before; null where it was created. Of an update that was read from a file only <paramref name="Columns"/> need be right.</param>
/// <param name="After">The record after; null where it was deleted. The same holds.</param>
internal readonly record struct RecordChange(int Model, RecordChangeKind Kind, RecordId Id, ColumnSet Columns, object? Before, object? After);

/// <summary>The models of a producer with that of its steps' records, which has the last index.</summary>
internal sealed class ProducerModels(ProducerPlan plan)
{
    /// <summary>All models.</summary>
    public IReadOnlyList<ModelPlan> All { get; } = [.. plan.Models, StepRecord.Plan];

    /// <summary>The index of the records of steps.</summary>
    public int Steps => All.Count - 1;

    /// <summary>The index of a model, found by its type; -1 if it is not one of the producer's.</summary>
    public int IndexOf(Type type)
    {
        for (var index = 0; index < All.Count; index++)
        {
            if (All[index].Type == type) return index;
        }

        return -1;
    }
}
