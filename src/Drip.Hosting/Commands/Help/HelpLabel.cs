using System.Collections;
using System.CommandLine;
using System.CommandLine.Completions;

namespace Drip.Hosting.Commands.Help;

/// <summary>How help writes a command, an argument and an option, and what it says of them.</summary>
internal static class HelpLabel
{
    /// <summary>A command's names, and what it takes: <c>show &lt;run&gt;</c>.</summary>
    public static string Of(Command command)
    {
        var label = Names(command.Name, command.Aliases);
        foreach (var argument in command.Arguments)
        {
            if (!argument.Hidden) label += " " + Of(argument);
        }

        return label;
    }

    /// <summary>An argument by the name of its values, by those that it can have, or by its own name: <c>&lt;run&gt;</c>.</summary>
    public static string Of(Argument argument) => $"<{Values(argument.HelpName, argument.CompletionSources.Count > 0 && !IsBoolean(argument.ValueType), argument)}>";

    /// <summary>An option's names, and what its values are, likewise: <c>--limit &lt;rows&gt;</c>.</summary>
    public static string Of(Option option)
    {
        var label = Names(option.Name, option.Aliases);
        var isSwitch = IsBoolean(option.ValueType) || option.Arity.MaximumNumberOfValues == 0;
        if (!isSwitch || !string.IsNullOrWhiteSpace(option.HelpName)) label += $" <{Values(option.HelpName, option.CompletionSources.Count > 0, option)}>";
        return option.Required ? label + " (required)" : label;
    }

    public static string Description(Argument argument) => WithDefault(argument.Description, argument.HasDefaultValue ? argument.GetDefaultValue() : null);

    public static string Description(Option option) => WithDefault(option.Description, option.HasDefaultValue ? option.GetDefaultValue() : null);

    private static bool IsBoolean(Type type) => type == typeof(bool) || type == typeof(bool?);

    private static string Values(string? given, bool isListed, Symbol symbol)
    {
        if (!string.IsNullOrWhiteSpace(given)) return given;
        var values = isListed ? string.Join('|', symbol.GetCompletions(CompletionContext.Empty).Select(value => value.Label)) : "";
        return values.Length > 0 ? values : symbol.Name[Prefix(symbol.Name).Length..];
    }

    // Short names first; one that differs by its prefix only, as /h does from -h, is not said twice.
    private static string Names(string name, ICollection<string> aliases)
    {
        if (aliases.Count == 0) return name;
        List<string> names = [name, .. aliases];
        names.Sort(static (left, right) =>
        {
            var byPrefix = string.CompareOrdinal(Prefix(left), Prefix(right));
            return byPrefix != 0 ? byPrefix : StringComparer.OrdinalIgnoreCase.Compare(left, right);
        });

        var said = new HashSet<string>(StringComparer.Ordinal);
        names.RemoveAll(each => !said.Add(each[Prefix(each).Length..]));
        return string.Join(", ", names);
    }

    private static string Prefix(string name) => name.StartsWith("--", StringComparison.Ordinal) ? "--" : name[0] is '-' or '/' ? name[..1] : "";

    private static string WithDefault(string? description, object? value)
    {
        // That a switch is off where it is not given goes without saying.
        if (value is false) value = null;
        var text = value is IEnumerable several and not string ? string.Join('|', several.Cast<object?>()) : value?.ToString();
        return string.IsNullOrEmpty(text) ? description ?? "" : $"{description} [default: {text}]".TrimStart();
    }
}
