using System.CommandLine;
using System.CommandLine.Invocation;
using Drip.Hosting.Output;

namespace Drip.Hosting.Commands.Help;

/// <summary>What <c>--help</c> does: the page of the command, and below it one example.</summary>
internal sealed class HelpWithExample(Screen screen) : SynchronousCommandLineAction
{
    /// <summary>An example of a command's arguments, beginning with its name.</summary>
    public Dictionary<Command, string> Examples { get; } = [];

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        var command = parseResult.CommandResult.Command;
        new HelpPage(command, output, screen.Terminal.Width()).Write();
        if (Examples.TryGetValue(command, out var example))
        {
            output.WriteLine("Example:");
            output.WriteLine($"  {RootCommand.ExecutableName} {example}");
        }

        return ExitCode.Done;
    }
}
