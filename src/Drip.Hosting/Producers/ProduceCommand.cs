using System.CommandLine;
using Drip.Generated;
using Drip.Hosting.Commands;
using Drip.Hosting.Output;
using Drip.Options;
using Drip.Sqlite;

namespace Drip.Hosting.Producers;

/// <summary><c>produce NAME</c>: runs a producer, from the beginning or from a version.</summary>
internal sealed class ProduceCommand : BatchCommand
{
    private readonly Argument<string?> _name;
    private readonly Option<string?> _directory = VersionDirectory.Flag();
    private readonly Option<string?> _from = new("--from") { Description = "Go on from there: 'last', a run, RUN@VERSION, or a file that --save wrote", HelpName = "version" };
    private readonly Option<string?> _only = new("--only") { Description = "Run this step and nothing else", HelpName = "step" };
    private readonly Option<string?> _until = new("--until") { Description = "Run this step and those before it", HelpName = "step" };
    private readonly NumberFlag _concurrency = new("--concurrency", "steps", 100_000, "How many steps run at a time (default: no limit)");
    private readonly Option<string?> _durability = new("--durability") { Description = "When a version is on the disk: group, the default, strict or relaxed", HelpName = "mode" };
    private readonly Option<bool> _synchronous = new("--sync") { Description = "Run one step after the other, in the order of the graph", Arity = ArgumentArity.Zero };
    private readonly Option<bool> _repeat = new("--repeat-unknown") { Description = "Repeat steps that must not run twice and whose outcome is unknown", Arity = ArgumentArity.Zero };
    private readonly Option<string?> _save = new("--save") { Description = "Write the records and the state of the steps to this file at the end", HelpName = "file" };
    private readonly Option<bool> _json = JsonFlag.Create();

    public ProduceCommand(Worker worker) : base(worker, "produce", "Run a producer, or go on from a version of an earlier run")
    {
        _name = ProducerArgument.Create(worker);
        _durability.CompletionSources.Add("group", "strict", "relaxed");
        Arguments.Add(_name);
        foreach (var option in new Option[] { _directory, _from, _only, _until, _concurrency.Option, _durability, _synchronous, _repeat, _save, _json }) Options.Add(option);
    }

    protected override async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken drain)
    {
        var info = ProducerArgument.Find(Worker, parsed, _name);
        var json = parsed.GetValue(_json);
        var progress = json ? null : new ProduceProgress(Worker.Screen, Worker.Time);
        using (progress)
        {
            var options = OptionsOf(parsed, progress);
            await BeforeRunAsync(drain).ConfigureAwait(false);
            var producer = Open(info, options, parsed.GetValue(_from));
            Worker.Interruption.Told = _ => Worker.Screen.WriteErrorLine("Told to leave: the steps that run are cancelled, what they changed is dropped.");
            if (!json) Worker.Screen.WriteLine($"{info.Plan.Name}: run {producer.Run}{(parsed.GetValue(_from) is { } from ? $", from {from}" : "")}");
            var result = await producer.RunAsync(cancellationToken: drain).ConfigureAwait(false);
            progress?.Dispose();
            if (parsed.GetValue(_save) is { Length: > 0 } file) await producer.SaveAsync(file, CancellationToken.None).ConfigureAwait(false);
            if (json) JsonLine.Write(Worker.Screen, writer => ProduceReport.Write(writer, info.Plan, result));
            else new ProduceReport(Worker.Screen).Write(info.Plan, result, parsed.GetValue(_directory));
            return ExitCodeOf(result);
        }
    }

    private ProducerOptions OptionsOf(ParseResult parsed, IProducerObserver? observer) => new()
    {
        Directory = VersionDirectory.Of(parsed, _directory),
        Only = parsed.GetValue(_only),
        Until = parsed.GetValue(_until),
        Concurrency = (int)(_concurrency.Read(parsed) ?? 0),
        Durability = DurabilityOf(parsed.GetValue(_durability)),
        Synchronous = parsed.GetValue(_synchronous),
        RepeatUnknown = parsed.GetValue(_repeat),
        Services = Worker.Services,
        Time = Worker.Time,
        Observer = observer,
    };

    private static Durability DurabilityOf(string? text) => text?.ToLowerInvariant() switch
    {
        null or "group" => Durability.Group,
        "strict" => Durability.Strict,
        "relaxed" => Durability.Relaxed,
        _ => throw new DripException(DripErrorKind.Usage, "malformed-option", $"There is no durability {Quoted.Text(text)}.", "Give --durability group, strict or relaxed."),
    };

    private Producer Open(ProducerInfo info, ProducerOptions options, string? from)
    {
        if (from is null) return (Producer)info.Create(Worker.Services, options, null);
        if (File.Exists(from)) return (Producer)info.Create(Worker.Services, options, from);
        if (from.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            throw new DripException(DripErrorKind.Usage, "missing-file", $"There is no file {Quoted.Text(from)}.", "Give --from a file that --save wrote, or a run.");

        var parts = from.Split('@', 2);
        var run = VersionDirectory.Find(options.Directory!, parts[0], info.Plan.Name);
        if (run.Versions == 0)
            throw new DripException(DripErrorKind.Usage, "unknown-version", $"The run {run.Run} wrote no version before it ended.", $"Begin again with: produce {info.Plan.Name}");
        var number = parts.Length == 2 ? VersionDirectory.Number(parts[1], run) : run.Versions - 1;

        var history = ProducerHistory.Open(SqliteVersions.Storage, options.Directory!, run.Run, info.Plan);
        return (Producer)info.Create(Worker.Services, options, history[(int)number]);
    }

    private int ExitCodeOf(ProducerResult result) => result.Outcome switch
    {
        _ when Worker.Interruption.Signal is not null && !result.Succeeded => Worker.Interruption.ExitCode,
        StepOutcome.Succeeded or StepOutcome.Skipped or StepOutcome.Closed => ExitCode.Done,
        StepOutcome.Failed or StepOutcome.Unknown => ExitCode.RunFailed,
        _ => ExitCode.Paused,
    };
}
