using System.CommandLine;
using Drip.Options;
using Drip.Runs;
using Drip.Store;

namespace Drip.Hosting.Commands;

/// <summary>The run that a command is about: its id, or the beginning of it.</summary>
internal static class RunArgument
{
    public static Argument<string?> Create() => new("run") { Description = "The run's id, or the beginning of it", Arity = ArgumentArity.ZeroOrOne };

    /// <summary>What was typed.</summary>
    public static string Typed(ParseResult parsed, Argument<string?> argument)
    {
        if (parsed.GetValue(argument) is { } typed && !string.IsNullOrWhiteSpace(typed)) return typed;
        throw new DripException(DripErrorKind.Usage, "missing-run",
            $"'{parsed.CommandResult.Command.Name}' needs the id of a run, or the beginning of it.", "Use 'runs' to see the runs.");
    }

    /// <summary>The one run that has this id or begins so.</summary>
    public static async ValueTask<Run> FindAsync(IRunStore store, string typed, CancellationToken cancellationToken)
    {
        var prefix = typed.Trim().ToLowerInvariant();
        if (await store.FindAsync(prefix, cancellationToken).ConfigureAwait(false) is { } exact) return exact;
        var found = await store.ListAsync(new RunFilter(IdPrefix: prefix, Limit: 3), cancellationToken).ConfigureAwait(false);
        return found.Count switch
        {
            1 => found[0],
            0 => throw new DripException(DripErrorKind.Usage, "unknown-run",
                $"There is no run {Quoted.Text(typed)}.", "Use 'runs' to see the runs."),
            _ => throw new DripException(DripErrorKind.Usage, "ambiguous-run",
                $"Several runs begin with {Quoted.Text(typed)}, for example {found[0].Id} and {found[1].Id}.", "Type more of the id."),
        };
    }
}
