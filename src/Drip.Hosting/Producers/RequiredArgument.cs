using System.CommandLine;

namespace Drip.Hosting.Producers;

/// <summary>An argument that must be there, asked for in the worker's own words.</summary>
internal static class RequiredArgument
{
    public static Argument<string?> Create(string name, string description) => new(name) { Description = description, Arity = ArgumentArity.ZeroOrOne };

    public static string Read(ParseResult parsed, Argument<string?> argument) => parsed.GetValue(argument) is { Length: > 0 } typed
        ? typed
        : throw new DripException(DripErrorKind.Usage, "missing-argument",
            $"'{parsed.CommandResult.Command.Name}' needs more: {argument.Description!.ToLowerInvariant()}.", $"Use '{parsed.CommandResult.Command.Name} --help' to see what it takes.");
}
