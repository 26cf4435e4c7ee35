using System.CommandLine;

namespace Drip.Hosting.Commands;

/// <summary>The commands in which a command is.</summary>
internal static class CommandPath
{
    /// <summary>The command, the one that it is below, and so on up to the root.</summary>
    public static List<Command> Of(Command command)
    {
        List<Command> path = [];
        for (var each = command; each is not null; each = each.Parents.OfType<Command>().FirstOrDefault()) path.Add(each);
        return path;
    }
}
