using Drip.Generated;

namespace Drip.Producers.Versions;

/// <summary>
/// The record that a step leaves: progress is data, in the same versions as the author's records. Made as not run when its pipeline
/// opens, and changed when the step ends.
/// </summary>
/// <param name="Id"><c>Pipeline/Step</c>, or <c>Pipeline/Step/record</c>.</param>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Step">The step's name.</param>
/// <param name="Record">The record's id as text, for a pipeline that runs for each; a number is led by <c>#</c>, a Guid by <c>@</c>, a text by <c>=</c>.</param>
/// <param name="Outcome">How it went.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="CompletedAt">When it ended.</param>
/// <param name="Error">What it failed with: class, message and stack.</param>
internal sealed record StepRecord(
    string Id, string Pipeline, string Step, string? Record, StepOutcome Outcome, int Attempts, DateTimeOffset? CompletedAt, string? Error)
    : IRecord<StepRecord>
{
    private static readonly ModelSchema Columns = new("Step", "drip_step",
        [
            new("id", nameof(Id), ColumnType.Text, false),
            new("pipeline", nameof(Pipeline), ColumnType.Text, false),
            new("step", nameof(Step), ColumnType.Text, false),
            new("record", nameof(Record), ColumnType.Text, true),
            new("outcome", nameof(Outcome), ColumnType.Int32, false),
            new("attempts", nameof(Attempts), ColumnType.Int32, false),
            new("completed_at", nameof(CompletedAt), ColumnType.DateTimeOffset, true),
            new("error", nameof(Error), ColumnType.Text, true),
        ],
        [0], isMutable: false);

    /// <summary>Its place beside the author's models. Made after the columns, which it holds.</summary>
    public static ModelPlan Plan { get; } = new ModelPlan<StepRecord>("Step");

    static ModelSchema IModel<StepRecord>.Schema => Columns;

    static RecordIdKind IRecord<StepRecord>.IdKind => RecordIdKind.Text;

    static StepRecord IModel<StepRecord>.Read<TReader>(ref TReader reader) => new(
        reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.IsNull(3) ? null : reader.GetString(3),
        (StepOutcome)reader.GetInt32(4), reader.GetInt32(5), reader.IsNull(6) ? null : reader.GetDateTimeOffset(6),
        reader.IsNull(7) ? null : reader.GetString(7));

    static void IModel<StepRecord>.Write<TWriter>(ref TWriter writer, StepRecord row, ColumnSet columns)
    {
        if (columns.Contains(0)) writer.Write(0, row.Id);
        if (columns.Contains(1)) writer.Write(1, row.Pipeline);
        if (columns.Contains(2)) writer.Write(2, row.Step);
        if (columns.Contains(3)) WriteText(ref writer, 3, row.Record);
        if (columns.Contains(4)) writer.Write(4, (long)row.Outcome);
        if (columns.Contains(5)) writer.Write(5, (long)row.Attempts);
        if (columns.Contains(6))
        {
            if (row.CompletedAt is { } at) writer.Write(6, at);
            else writer.WriteNull(6);
        }

        if (columns.Contains(7)) WriteText(ref writer, 7, row.Error);
    }

    static void IModel<StepRecord>.WriteKey<TWriter>(ref TWriter writer, StepRecord row) => writer.Write(0, row.Id);

    static ColumnSet IModel<StepRecord>.Diff(StepRecord before, StepRecord after)
    {
        var columns = default(ColumnSet);
        if (before.Id != after.Id) columns.Add(0);
        if (before.Pipeline != after.Pipeline) columns.Add(1);
        if (before.Step != after.Step) columns.Add(2);
        if (before.Record != after.Record) columns.Add(3);
        if (before.Outcome != after.Outcome) columns.Add(4);
        if (before.Attempts != after.Attempts) columns.Add(5);
        if (before.CompletedAt != after.CompletedAt) columns.Add(6);
        if (before.Error != after.Error) columns.Add(7);
        return columns;
    }

    static bool IModel<StepRecord>.SameKey(StepRecord left, StepRecord right) => left.Id == right.Id;

    static Key IModel<StepRecord>.KeyOf(StepRecord row) => row.Id;

    static StepRecord IModel<StepRecord>.Copy(StepRecord row) => row;

    static RecordId IRecord<StepRecord>.IdOf(StepRecord record) => record.Id;

    static bool IRecord<StepRecord>.HasId(StepRecord record) => true;

    static StepRecord IRecord<StepRecord>.WithId(StepRecord record, RecordId id) => record with { Id = id.Text! };

    static StepRecord IRecord<StepRecord>.Merge(StepRecord current, StepRecord before, StepRecord after, ColumnSet columns) => new(
        columns.Contains(0) ? after.Id : current.Id,
        columns.Contains(1) ? after.Pipeline : current.Pipeline,
        columns.Contains(2) ? after.Step : current.Step,
        columns.Contains(3) ? after.Record : current.Record,
        columns.Contains(4) ? after.Outcome : current.Outcome,
        columns.Contains(5) ? after.Attempts : current.Attempts,
        columns.Contains(6) ? after.CompletedAt : current.CompletedAt,
        columns.Contains(7) ? after.Error : current.Error);

    private static void WriteText<TWriter>(ref TWriter writer, int ordinal, string? text) where TWriter : struct, IRowWriter
    {
        if (text is not null) writer.Write(ordinal, text);
        else writer.WriteNull(ordinal);
    }
}
