using System.CommandLine;
using Drip.Batches;
using Drip.Data;
using Drip.Hosting.Output;
using Drip.Jobs;
using Drip.Options;
using Drip.Runs;

namespace Drip.Hosting.Commands;

/// <summary><c>quarantine RUN</c>: the rows of a run that fail, and, with <c>--skip</c>, closing those that are to be left as they are.</summary>
internal sealed class QuarantineCommand
{
    private const int MostKeysNamed = 5;

    private readonly Argument<string?> _run = RunArgument.Create();
    private readonly Option<string[]> _skip = new("--skip")
    {
        Description = "Close the row with this key, so that it is not tried again; give it once for each row",
        HelpName = "key",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<bool> _json = JsonFlag.Create();
    private readonly Worker _worker;

    private QuarantineCommand(Worker worker) => _worker = worker;

    public static Command Create(Worker worker)
    {
        var quarantine = new QuarantineCommand(worker);
        var command = new Command("quarantine", "List the rows of a run that fail, or close some of them") { quarantine._run, quarantine._skip, quarantine._json };
        command.SetAction(quarantine.ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var run = await RunArgument.FindAsync(_worker.Store, RunArgument.Typed(parsed, _run), cancellationToken).ConfigureAwait(false);
        var engine = _worker.CreateEngine();
        var rows = await engine.ListQuarantineAsync(run.Id, cancellationToken).ConfigureAwait(false);
        var json = parsed.GetValue(_json);
        if (parsed.GetValue(_skip) is { Length: > 0 } keys)
        {
            var chosen = Array.ConvertAll(keys.Distinct(StringComparer.Ordinal).ToArray(), key => Find(run, rows, key));
            await SkipAsync(engine, run, chosen.SelectMany(found => found), isQuiet: json, cancellationToken).ConfigureAwait(false);
            rows = await engine.ListQuarantineAsync(run.Id, cancellationToken).ConfigureAwait(false);
            if (!json) WriteRest(run, rows);
        }
        else if (!json)
        {
            WriteText(run, rows);
        }

        if (json) JsonLine.Write(_worker.Screen, writer => RunJson.WriteQuarantine(writer, rows));
        return ExitCode.Done;
    }

    private async Task SkipAsync(Engine engine, Run run, IEnumerable<QuarantinedRow> chosen, bool isQuiet, CancellationToken cancellationToken)
    {
        foreach (var row in chosen)
        {
            // Between the list and now somebody else may have closed it, or a worker may have begun to try it again.
            var isDone = await engine.SkipAsync(row, _worker.Settings.User, cancellationToken).ConfigureAwait(false);
            if (!isDone) _worker.Screen.WriteErrorLine($"Row {row.Key} of run {run.Id} is not open any more.");
            else if (!isQuiet) _worker.Screen.WriteLine($"Skipped row {row.Key} of run {run.Id}: it stays as it is.");
        }
    }

    // All keys are looked for before the first row is closed. Keys of several texts can look alike; those rows go together.
    private static QuarantinedRow[] Find(Run run, IReadOnlyList<QuarantinedRow> rows, string key)
    {
        var open = rows.Where(row => row.State == QuarantineState.Open).ToArray();
        var found = Array.FindAll(open, row => Shown(row) == key);
        if (found.Length > 0) return found;
        if (rows.FirstOrDefault(row => Shown(row) == key) is { } other)
        {
            throw new DripException(DripErrorKind.Usage, "row-not-open",
                $"Row {Quoted.Text(key)} of run {run.Id} is not open: {(other.State == QuarantineState.Skipped ? "it was skipped" : "it is to be tried again")}.",
                $"Look at the rows with: quarantine {run.Id}.");
        }

        throw new DripException(DripErrorKind.Usage, "unknown-row", $"Run {run.Id} has no row {Quoted.Text(key)} in quarantine.", Offer(run, open, key));
    }

    private static string Offer(Run run, QuarantinedRow[] open, string key)
    {
        if (open.Length == 0) return $"None is open; look at the run with: show {run.Id}.";
        var keys = Array.ConvertAll(open, Shown);
        if (NearestName.Find(key, keys) is { } nearest) return $"Did you mean {Quoted.Text(nearest)}? Look at the rows with: quarantine {run.Id}.";
        var named = string.Join(", ", keys.Take(MostKeysNamed));
        return keys.Length > MostKeysNamed ? $"Open are {named} and {Phrase.Number(keys.Length - MostKeysNamed)} more." : $"Open: {named}.";
    }

    private void WriteText(Run run, IReadOnlyList<QuarantinedRow> rows)
    {
        if (rows.Count == 0)
        {
            _worker.Screen.WriteLine($"Run {run.Id} of {run.Job} has no rows in quarantine.");
            return;
        }

        var table = new TextTable("KEY", "STATE", "ATTEMPTS>", "AT", "ERROR");
        foreach (var row in rows)
            table.Add(Shown(row), Phrase.State(row.State), Phrase.Number(row.Attempts), Phrase.Time(row.At), Phrase.OneLine($"{row.Error.Type}: {row.Error.Message}"));
        table.WriteTo(_worker.Screen);
        if (rows.Any(row => row.State == QuarantineState.Open))
            _worker.Screen.WriteLine($"Mend them and try again with: retry {run.Id}, or leave one as it is with: quarantine {run.Id} --skip KEY");
    }

    private void WriteRest(Run run, IReadOnlyList<QuarantinedRow> rows)
    {
        var open = rows.Count(row => row.State != QuarantineState.Skipped);
        if (open > 0) _worker.Screen.WriteLine($"{Phrase.Quarantined(open)}; look with: quarantine {run.Id}");
        else if (run.Status == RunStatus.Failed) _worker.Screen.WriteLine($"No row is left in quarantine; go on with: retry {run.Id}");
        else _worker.Screen.WriteLine("No row is left in quarantine.");
    }

    private static string Shown(QuarantinedRow row) => Phrase.OneLine(row.Key.ToString());
}
