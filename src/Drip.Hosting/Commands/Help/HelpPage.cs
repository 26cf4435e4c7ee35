using System.CommandLine;
using System.Text;

namespace Drip.Hosting.Commands.Help;

/// <summary>
/// What help says of a command: what it does, how it is written, and what it takes. The library's own page would hold a quarter of
/// a megabyte of a published worker.
/// </summary>
/// <param name="command">The command.</param>
/// <param name="output">Where the page goes.</param>
/// <param name="width">How many characters a line has.</param>
internal sealed class HelpPage(Command command, TextWriter output, int width)
{
    private const int Indent = 2;

    /// <summary>Writes the page, with an empty line below each section.</summary>
    public void Write()
    {
        WriteSection("Description:", command.Description ?? "");
        WriteSection("Usage:", Usage());

        var arguments = NewTable();
        var options = NewTable();
        var seen = new HashSet<Option>();
        foreach (var each in CommandPath.Of(command))
        {
            foreach (var argument in each.Arguments)
            {
                if (!argument.Hidden) arguments.Add(HelpLabel.Of(argument), HelpLabel.Description(argument));
            }

            foreach (var option in each.Options)
            {
                if (!option.Hidden && (each == command || option.Recursive) && seen.Add(option)) options.Add(HelpLabel.Of(option), HelpLabel.Description(option));
            }
        }

        var commands = NewTable();
        foreach (var subcommand in command.Subcommands)
        {
            if (!subcommand.Hidden) commands.Add(HelpLabel.Of(subcommand), subcommand.Description ?? "");
        }

        WriteSection("Arguments:", arguments);
        WriteSection("Options:", options);
        WriteSection("Commands:", commands);
    }

    private HelpTable NewTable() => new(width - Indent);

    // As it is typed: the commands from the first on, each with its arguments, what follows any of them in square brackets.
    private string Usage()
    {
        var text = new StringBuilder();
        var takesOptions = false;
        var path = CommandPath.Of(command);
        for (var i = path.Count - 1; i >= 0; i--)
        {
            text.Append(text.Length > 0 ? " " : "").Append(path[i].Name);
            AppendArguments(text, path[i]);
            takesOptions |= path[i].Options.Any(option => !option.Hidden && (option.Recursive || path[i] == command));
        }

        if (command.Subcommands.Any(subcommand => !subcommand.Hidden)) text.Append(" [command]");
        if (takesOptions) text.Append(" [options]");
        return text.ToString();
    }

    private static void AppendArguments(StringBuilder text, Command command)
    {
        var open = 0;
        foreach (var argument in command.Arguments)
        {
            if (argument.Hidden) continue;
            var isOptional = argument.Arity.MinimumNumberOfValues == 0;
            if (isOptional) open++;
            text.Append(isOptional ? " [<" : " <").Append(argument.Name).Append('>');
            if (argument.Arity.MaximumNumberOfValues > 1) text.Append("...");
        }

        text.Append(']', open);
    }

    private void WriteSection(string heading, string text)
    {
        if (text.Length == 0) return;
        var table = NewTable();
        table.Add(text, "");
        WriteSection(heading, table);
    }

    private void WriteSection(string heading, HelpTable table)
    {
        if (table.IsEmpty) return;
        output.WriteLine(heading);
        foreach (var line in table.Lines()) output.WriteLine(new string(' ', Indent) + line);
        output.WriteLine();
    }
}
