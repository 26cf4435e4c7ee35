using System.CommandLine;
using Drip.Options;

namespace Drip.Hosting.Commands;

/// <summary>
/// The options of a job as flags: <c>--name value</c>, <c>--name=value</c>, a boolean also bare or as <c>--no-name</c>,
/// a list also by repeating the flag. The values stay texts; <see cref="OptionParser"/> reads them.
/// </summary>
internal sealed class JobFlags
{
    private readonly List<JobFlag> _flags = [];

    public JobFlags(IReadOnlyList<OptionInfo> options)
    {
        foreach (var option in options)
        {
            var flag = new Option<string[]>("--" + option.Name)
            {
                Description = Describe(option),
                HelpName = OptionWording.Placeholder(option),
                Arity = ArgumentArity.ZeroOrMore,
            };
            if (option.Type is OptionType.Boolean) flag.CompletionSources.Add("true", "false");
            else if (option.Choices.Count > 0) flag.CompletionSources.Add([.. option.Choices.Select(choice => choice.Name)]);

            var negation = option.Type is OptionType.Boolean && options.All(other => other.Name != "no-" + option.Name)
                ? new Option<bool>("--no-" + option.Name) { Hidden = true, Arity = ArgumentArity.Zero }
                : null;
            _flags.Add(new JobFlag(option, flag, negation));
        }
    }

    public void AddTo(Command command)
    {
        foreach (var (_, flag, negation) in _flags)
        {
            command.Options.Add(flag);
            if (negation is not null) command.Options.Add(negation);
        }
    }

    /// <summary>What was given, by the option's name; null for a bare flag.</summary>
    public IReadOnlyDictionary<string, string?> Read(ParseResult parsed)
    {
        var given = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (info, flag, negation) in _flags)
        {
            var isNegated = negation is not null && parsed.GetResult(negation) is { Implicit: false };
            if (parsed.GetResult(flag) is { Implicit: false } result)
            {
                if (isNegated || (result.IdentifierTokenCount > 1 && info.Type is not OptionType.EnumArray)) throw GivenTwice(info);
                given[info.Name] = result.Tokens.Count < result.IdentifierTokenCount ? null : string.Join(',', result.Tokens.Select(token => token.Value));
            }
            else if (isNegated)
            {
                given[info.Name] = "false";
            }
        }

        return given;
    }

    private static DripException GivenTwice(OptionInfo option) => new(DripErrorKind.Usage, "option-given-twice",
        $"--{option.Name} was given more than once.", $"Give --{option.Name} once: {OptionWording.Allowed(option)}.");

    private static string Describe(OptionInfo option)
    {
        var text = option.Description is { Length: > 0 } description ? description.TrimEnd('.') + ": " : "";
        text += OptionWording.Allowed(option);
        if (option.IsRequired && option.Default is null) return text + " (required)";
        return option is { Default: { } value, IsSecret: false } ? $"{text} (default: {value})" : text;
    }

    private sealed record JobFlag(OptionInfo Info, Option<string[]> Flag, Option<bool>? Negation);
}
