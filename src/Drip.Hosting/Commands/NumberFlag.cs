using System.CommandLine;
using System.Globalization;
using Drip.Hosting.Output;
using Drip.Options;

namespace Drip.Hosting.Commands;

/// <summary>A flag that takes a whole number, read here so that a mistake is told in the worker's own words.</summary>
internal sealed class NumberFlag
{
    private readonly string _unit;
    private readonly long _most;

    /// <summary>Makes the flag.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="unit">What is counted, as it stands in messages.</param>
    /// <param name="most">The greatest number that makes sense; the least is 1.</param>
    /// <param name="description">What help says of it.</param>
    /// <param name="recursive">Whether it goes for subcommands, too.</param>
    public NumberFlag(string name, string unit, long most, string description, bool recursive = false)
    {
        (_unit, _most) = (unit, most);
        Option = new Option<string>(name) { Description = description, HelpName = unit, Recursive = recursive };
    }

    /// <summary>The flag as the command line knows it.</summary>
    public Option<string> Option { get; }

    /// <summary>The number that was given; null if none was.</summary>
    public long? Read(ParseResult parsed)
    {
        if (parsed.GetValue(Option) is not { } text) return null;
        if (long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= _most) return number;
        throw new DripException(DripErrorKind.Usage, "malformed-option",
            $"The value {Quoted.Text(text)} of {Option.Name} is no such number of {_unit}.", $"Give {Option.Name} a whole number from 1 to {Phrase.Number(_most)}.");
    }
}
