namespace Drip.Producers.Records;

/// <summary>What can be wrong with a change of a record, in words.</summary>
internal static class Mistakes
{
    public static DripException Exists(RecordTable table, RecordId id, string? by) => new(
        DripErrorKind.RunFailed, "record-exists",
        $"There is a {table.Plan.Name} with the id {id} already{(by is null ? "" : $"; {by} created it")}.",
        "Create it with another id, or without one, or update the one there is.");

    public static DripException Missing(RecordTable table, RecordId id, string verb) => new(
        DripErrorKind.RunFailed, "record-missing",
        $"There is no {table.Plan.Name} with the id {id} that could be {verb}.",
        $"Look it up with Store.Find<{table.Plan.Name}> first, or create it.");

    public static DripException Deleted(RecordTable table, RecordId id, string by, string step) => new(
        DripErrorKind.RunFailed, "record-deleted",
        $"{step} updates the {table.Plan.Name} with the id {id}, which {by} deleted in the meantime.",
        "Let one of the two steps come after the other, or let the step that deletes leave it to the end.");

    public static DripException Conflict(RecordTable table, RecordId id, string member, string by, object? theirs, string step, object? ours) => new(
        DripErrorKind.RunFailed, "record-conflict",
        $"Two steps that ran at the same time changed {table.Plan.Name}.{member} of the record {id}: {by} to {Text(theirs)}, {step} to {Text(ours)}.",
        "Let one of them come after the other, let the step be tried again with Retries, or say with [OnConflict] on the member how the two values become one.");

    public static DripException TooMany(string pipeline, int most, string model) => new(
        DripErrorKind.RunFailed, "too-many-created",
        $"The pipeline {pipeline} would create more than {most} records of {model}, which it runs for.",
        "Raise MaxCreated if that many are meant; else look for the step that never stops creating.");

    private static string Text(object? value) => value switch
    {
        null => "null",
        string text => $"'{text}'",
        byte[] bytes => $"{bytes.Length} bytes",
        IFormattable other => other.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
