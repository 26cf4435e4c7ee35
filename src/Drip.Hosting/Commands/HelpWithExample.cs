using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Drip.Hosting.Commands;

/// <summary>The usual help, and below it one example.</summary>
internal sealed class HelpWithExample : SynchronousCommandLineAction
{
    private readonly HelpAction _help = new();

    /// <summary>An example of a command's arguments, beginning with its name.</summary>
    public Dictionary<Command, string> Examples { get; } = [];

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var result = _help.Invoke(parseResult);
        if (Examples.TryGetValue(parseResult.CommandResult.Command, out var example))
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Example:");
            output.WriteLine($"  {RootCommand.ExecutableName} {example}");
        }

        return result;
    }
}
