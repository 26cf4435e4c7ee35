using System.CommandLine;
using System.Globalization;
using Drip.Hosting.Configuration;
using Drip.Hosting.Output;
using Drip.Options;

namespace Drip.Hosting.Commands;

/// <summary>The flags that <c>run</c> takes for every job.</summary>
internal sealed class RunFlags
{
    private readonly Option<string> _batchSize = new("--batch-size") { Description = "Rows per batch (default: the job's own)", HelpName = "rows", Recursive = true };
    private readonly Option<string> _limit = new("--limit") { Description = "The most rows to process, for a trial (default: all)", HelpName = "rows", Recursive = true };
    private readonly Option<string> _sleep = new("--sleep") { Description = "The pause between batches, such as 100ms or 2s (default: the job's own)", HelpName = "time", Recursive = true };
    private readonly Option<bool> _json = JsonFlag.Create("Print the result as one JSON object, and nothing else", recursive: true);

    public void AddTo(Command command)
    {
        command.Options.Add(_batchSize);
        command.Options.Add(_limit);
        command.Options.Add(_sleep);
        command.Options.Add(_json);
    }

    public bool Json(ParseResult parsed) => parsed.GetValue(_json);

    public int? BatchSize(ParseResult parsed) => (int?)Rows(parsed, _batchSize, 1_000_000);

    public long? Limit(ParseResult parsed) => Rows(parsed, _limit, long.MaxValue);

    public TimeSpan? Sleep(ParseResult parsed)
    {
        if (parsed.GetValue(_sleep) is not { } text) return null;
        return Duration.TryParse(text) ?? throw Refused(_sleep, text, "is not a duration of at most a day", "something like 100ms, 2s or 1m");
    }

    private static long? Rows(ParseResult parsed, Option<string> option, long most)
    {
        if (parsed.GetValue(option) is not { } text) return null;
        if (long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var rows) && rows >= 1 && rows <= most) return rows;
        throw Refused(option, text, "is no such number of rows", $"a whole number from 1 to {Phrase.Number(most)}");
    }

    private static DripException Refused(Option<string> option, string text, string reason, string allowed) =>
        new(DripErrorKind.Usage, "malformed-option", $"The value {Quoted.Text(text)} of {option.Name} {reason}.", $"Give {option.Name} {allowed}.");
}
