namespace Drip.Producers.Scheduling;

/// <summary>What a step failed with, as its record keeps it: class, message and stack.</summary>
internal static class ErrorTexts
{
    public static string Of(Exception error) => error is DripException known
        ? $"{nameof(DripException)}: {known.Message} {known.Remedy}{(known.StackTrace is { } stack ? "\n" + stack : "")}"
        : error.ToString();
}
