using System.CommandLine;
using System.CommandLine.Invocation;
using Drip.Jobs;
using Drip.Options;

namespace Drip.Hosting.Commands;

/// <summary>Turns what does not fit the command line into one sentence that says what is wrong and one that says what to do.</summary>
internal static class CommandLineMistakes
{
    public static void ThrowIfAny(Worker worker, ParseResult parsed, IReadOnlyList<string> arguments)
    {
        var command = parsed.CommandResult.Command;
        // Help and the like take no notice of mistakes beside them.
        if (parsed.Action != command.Action && parsed.Action is not ParseErrorAction) return;

        var unmatched = parsed.UnmatchedTokens.FirstOrDefault(token => !token.StartsWith('-'));
        if (unmatched is not null && command.Subcommands.Count > 0) throw UnknownCommand(worker, command, unmatched);
        ThrowIfUnknownOption(command, arguments);
        if (unmatched is not null)
        {
            throw new DripException(DripErrorKind.Usage, "unexpected-argument",
                $"{Quoted.Text(unmatched)} is more than '{PathOf(command)}' takes.", SeeHelp(command));
        }

        if (parsed.Errors.Count > 0)
            throw new DripException(DripErrorKind.Usage, "command-line", parsed.Errors[0].Message, SeeHelp(command));
    }

    private static DripException UnknownCommand(Worker worker, Command command, string name)
    {
        if (command is RunCommand)
        {
            // Throws, and offers the nearest job: none that exists can be unmatched here.
            worker.Jobs.Find(name);
        }

        var nearest = NearestName.Find(name, command.Subcommands.Select(subcommand => subcommand.Name));
        return new DripException(DripErrorKind.Usage, "unknown-command",
            $"There is no command {Quoted.Text(Below(command, name))}.",
            nearest is null ? SeeHelp(command) : $"Did you mean '{Below(command, nearest)}'? {SeeHelp(command)}");
    }

    // The parser takes an unknown --name for a value where one is expected. A value that begins so is given behind '='.
    private static void ThrowIfUnknownOption(Command command, IReadOnlyList<string> arguments)
    {
        var known = KnownOptions(command).ToHashSet(StringComparer.Ordinal);
        foreach (var argument in arguments.TakeWhile(argument => argument != "--"))
        {
            if (!argument.StartsWith("--", StringComparison.Ordinal)) continue;
            var end = argument.AsSpan().IndexOfAny('=', ':');
            var name = end < 0 ? argument : argument[..end];
            if (known.Contains(name)) continue;

            var nearest = NearestName.Find(name, known);
            throw new DripException(DripErrorKind.Usage, "unknown-option",
                $"{(command is RootCommand ? "The worker" : $"'{PathOf(command)}'")} has no option {Quoted.Text(name)}.",
                nearest is null ? SeeHelp(command) : $"Did you mean {nearest}? {SeeHelp(command)}");
        }
    }

    private static IEnumerable<string> KnownOptions(Command command)
    {
        var own = command.Options.AsEnumerable();
        var inherited = CommandPath.Of(command).SelectMany(each => each.Options).Where(option => option.Recursive);
        foreach (var option in own.Concat(inherited))
        {
            yield return option.Name;
            foreach (var alias in option.Aliases) yield return alias;
        }
    }

    private static string SeeHelp(Command command) => $"Use '{Below(command, "--help")}' to see what it takes.";

    private static string Below(Command command, string name) => command is RootCommand ? name : $"{PathOf(command)} {name}";

    private static string PathOf(Command command)
    {
        var path = "";
        foreach (var each in CommandPath.Of(command))
        {
            if (each is not RootCommand) path = path.Length == 0 ? each.Name : $"{each.Name} {path}";
        }

        return path;
    }
}
