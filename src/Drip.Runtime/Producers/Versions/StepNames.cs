namespace Drip.Producers.Versions;

/// <summary>How steps are called: in ids, and in sentences.</summary>
internal static class StepNames
{
    /// <summary>The id of a step's record.</summary>
    public static string IdOf(string pipeline, string step, RecordId? record) =>
        record is { } id ? $"{pipeline}/{step}/{id}" : $"{pipeline}/{step}";

    /// <summary>The step in a sentence.</summary>
    public static string Of(string pipeline, string step, RecordId? record) =>
        record is { } id ? $"{pipeline}/{step} of record {id}" : $"{pipeline}/{step}";

    /// <summary>The step in a sentence.</summary>
    public static string Of(StepRecord step) => Of(step.Pipeline, step.Step, Parse(step.Record));

    /// <summary>A record's id as <see cref="StepRecord.Record"/> holds it.</summary>
    public static string? Text(RecordId? record) => record is not { } id ? null
        : id.Text is { } text ? "=" + text
        : id.Guid is { } guid ? "@" + guid
        : "#" + id;

    /// <summary>What <see cref="Text"/> wrote.</summary>
    /// <exception cref="FormatException">The text is none of it.</exception>
    public static RecordId? Parse(string? text) => text switch
    {
        null => null,
        ['#', ..] => long.Parse(text.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture),
        ['@', ..] => Guid.Parse(text.AsSpan(1)),
        ['=', ..] => text[1..],
        _ => throw new FormatException($"'{text}' is no id of a record."),
    };
}
