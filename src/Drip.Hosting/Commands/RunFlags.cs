using System.CommandLine;
using Drip.Hosting.Configuration;
using Drip.Options;

namespace Drip.Hosting.Commands;

/// <summary>The flags that <c>run</c> takes for every job.</summary>
internal sealed class RunFlags
{
    private readonly NumberFlag _batchSize = new("--batch-size", "rows", 1_000_000, "Rows per batch (default: the job's own)", recursive: true);
    private readonly NumberFlag _limit = new("--limit", "rows", long.MaxValue, "The most rows to process, for a trial (default: all)", recursive: true);
    private readonly NumberFlag _partitions = new("--partitions", "ranges", 64, "Into how many ranges of keys the rows are divided, to be worked on at the same time (default: the job's own)", recursive: true);
    private readonly Option<string> _sleep = new("--sleep") { Description = "The pause between batches, such as 100ms or 2s (default: the job's own)", HelpName = "time", Recursive = true };
    private readonly RateFlag _rate = new();
    private readonly Option<bool> _detach = new("--detach") { Description = "Only put the run into the queue, for a worker to take", Arity = ArgumentArity.Zero, Recursive = true };
    private readonly Option<bool> _json = JsonFlag.Create("Print the result as one JSON object, and nothing else", recursive: true);

    public void AddTo(Command command)
    {
        command.Options.Add(_batchSize.Option);
        command.Options.Add(_limit.Option);
        command.Options.Add(_sleep);
        command.Options.Add(_rate.Option);
        command.Options.Add(_partitions.Option);
        command.Options.Add(_detach);
        command.Options.Add(_json);
    }

    public bool Json(ParseResult parsed) => parsed.GetValue(_json);

    public bool Detach(ParseResult parsed) => parsed.GetValue(_detach);

    public int? BatchSize(ParseResult parsed) => (int?)_batchSize.Read(parsed);

    public long? Limit(ParseResult parsed) => _limit.Read(parsed);

    public int? Partitions(ParseResult parsed)
    {
        var partitions = (int?)_partitions.Read(parsed);
        if (partitions is null || Limit(parsed) is null) return partitions;
        throw new DripException(DripErrorKind.Usage, "divided-trial",
            "A run with --limit is a trial of the first rows, and those are not divided into partitions.", "Leave out --partitions, or --limit.");
    }

    public double? Rate(ParseResult parsed) => _rate.Read(parsed);

    public TimeSpan? Sleep(ParseResult parsed)
    {
        if (parsed.GetValue(_sleep) is not { } text) return null;
        return Duration.TryParse(text) ?? throw new DripException(DripErrorKind.Usage, "malformed-option",
            $"The value {Quoted.Text(text)} of --sleep is not a duration of at most a day.", "Give --sleep something like 100ms, 2s or 1m.");
    }
}
