using System.CommandLine;

namespace Drip.Hosting.Commands;

internal static class JsonFlag
{
    public static Option<bool> Create(string description = "Print JSON", bool recursive = false) =>
        new("--json") { Description = description, Arity = ArgumentArity.Zero, Recursive = recursive };
}
