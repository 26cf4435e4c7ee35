using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Drip.Generators.Model;
using Drip.Generators.Rules;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Parsing;

/// <summary>What the validation attributes of an option say.</summary>
internal sealed record Validation(OptionLimits Limits, bool IsRequired, EquatableArray<ChoiceSpec> Choices);

/// <summary>Reads the attributes of <c>System.ComponentModel.DataAnnotations</c> on an option.</summary>
internal sealed class ValidationParser
{
    private readonly IPropertySymbol _property;
    private readonly OptionKind _kind;
    private readonly RuleReport _report;
    private OptionLimits _limits = OptionLimits.None;
    private IReadOnlyList<ChoiceSpec> _choices;
    private bool _isRequired;

    private ValidationParser(IPropertySymbol property, OptionKind kind, IReadOnlyList<ChoiceSpec> choices, RuleReport report) =>
        (_property, _kind, _choices, _report) = (property, kind, choices, report);

    public static Validation Parse(
        IPropertySymbol property, OptionKind kind, string label, IReadOnlyList<ChoiceSpec> choices, RuleReport report)
    {
        var parser = new ValidationParser(property, kind, choices, report);
        foreach (var attribute in property.GetAttributes()) parser.Read(attribute, label);
        return new Validation(parser._limits, parser._isRequired, parser._choices.ToEquatable());
    }

    private bool IsOrdered => _kind is OptionKind.Int32 or OptionKind.Int64 or OptionKind.Single or OptionKind.Double or OptionKind.Decimal
        or OptionKind.Date or OptionKind.Time or OptionKind.DateTime or OptionKind.DateTimeOffset;

    private void Read(AttributeData attribute, string label)
    {
        if (attribute.AttributeClass is not { } type || !type.Lineage().Any(static ancestor => ancestor.Is(Names.Validation))) return;
        if (attribute.ConstructorArguments.Any(static argument => argument.Kind == TypedConstantKind.Error))
        {
            _report.Fail();
            return;
        }

        var arguments = type switch
        {
            _ when type.Is(Names.Required) => Required(),
            _ when type.Is(Names.Range) => Range(attribute),
            _ when type.Is(Names.StringLength) => StringLength(attribute),
            _ when type.Is(Names.MinLength) => Length(attribute, attribute.Argument(0) as int?, null, $"{attribute.Argument(0)}"),
            _ when type.Is(Names.MaxLength) => Length(attribute, null, attribute.Argument(0) as int?, $"{attribute.Argument(0)}"),
            _ when type.Is(Names.Length) => Length(
                attribute, attribute.Argument(0) as int?, attribute.Argument(1) as int?, $"{attribute.Argument(0)}", $"{attribute.Argument(1)}"),
            _ when type.Is(Names.RegularExpression) => Pattern(attribute),
            _ when type.Is(Names.AllowedValues) => Allowed(attribute),
            // [DataType] itself checks nothing; it only says how a value is shown.
            _ when type.Is(Names.DataType) => [],
            _ => Ignore(attribute, "Drip does not check it"),
        };
        if (attribute.Named("ErrorMessage") is not string message || _limits.ErrorMessage is not null) return;
        message = message.Replace("{0}", label);
        for (var i = 0; i < arguments.Length; i++) message = message.Replace($"{{{i + 1}}}", arguments[i]);
        _limits = _limits with { ErrorMessage = message };
    }

    private string[] Required()
    {
        _isRequired = true;
        return [];
    }

    private string[] Range(AttributeData attribute)
    {
        if (!IsOrdered) return Ignore(attribute, "a range is of numbers, dates or times");
        // [Range(typeof(DateOnly), "2020-01-01", "2030-01-01")] gives the bounds as text.
        var first = attribute.ConstructorArguments.Length == 3 ? 1 : 0;
        var minimum = Bound(attribute, first, "minimum");
        var maximum = Bound(attribute, first + 1, "maximum");
        if (minimum is not null && maximum is not null
            && OptionText.Parse(_kind, minimum, _choices)!.CompareTo(OptionText.Parse(_kind, maximum, _choices)!) > 0)
        {
            _report.Report(DripRules.OptionValueDoesNotFit, attribute, _property,
                "maximum", maximum, _property.Name, $"it is below the minimum {minimum}");
        }

        _limits = _limits with
        {
            Minimum = minimum,
            Maximum = maximum,
            MinimumIsExclusive = minimum is not null && attribute.Named("MinimumIsExclusive") is true,
            MaximumIsExclusive = maximum is not null && attribute.Named("MaximumIsExclusive") is true,
        };
        return [minimum ?? "", maximum ?? ""];
    }

    private string? Bound(AttributeData attribute, int index, string name)
    {
        var value = attribute.Argument(index);
        // double.MaxValue and the like are how an open end is written.
        if (value is double number && (Math.Abs(number) >= double.MaxValue || double.IsNaN(number))) return null;
        var text = value is string typed
            ? OptionText.Parse(_kind, typed, _choices) is null ? null : typed
            : OptionText.Of(_kind, value, _choices);
        if (text is not null) return text;
        _report.Report(DripRules.OptionValueDoesNotFit, attribute, _property, name,
            Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "null", _property.Name,
            $"it is not {OptionTypes.Expected(_kind)}");
        return null;
    }

    private string[] StringLength(AttributeData attribute) => _kind == OptionKind.Text
        ? Length(attribute, attribute.Named("MinimumLength") as int?, attribute.Argument(0) as int?,
            $"{attribute.Argument(0)}", $"{attribute.Named("MinimumLength") ?? 0}")
        : Ignore(attribute, "it is for texts");

    private string[] Length(AttributeData attribute, int? minimum, int? maximum, params string[] arguments)
    {
        if (_kind is not (OptionKind.Text or OptionKind.EnumArray)) return Ignore(attribute, "a length is of texts and arrays");
        if (minimum is < 0 || maximum is < -1 || (maximum >= 0 && minimum > maximum))
        {
            _report.Report(DripRules.OptionValueDoesNotFit, attribute, _property,
                "length", string.Join("…", arguments), _property.Name, "no value has it");
            return arguments;
        }

        _limits = _limits with
        {
            MinLength = minimum is null or 0 ? _limits.MinLength : Math.Max(minimum.Value, _limits.MinLength ?? 0),
            // MaxLength() without a number means any length.
            MaxLength = maximum is null or -1 ? _limits.MaxLength : Math.Min(maximum.Value, _limits.MaxLength ?? int.MaxValue),
        };
        return arguments;
    }

    private string[] Pattern(AttributeData attribute)
    {
        if (_kind != OptionKind.Text) return Ignore(attribute, "it is for texts");
        if (attribute.Argument(0) is not string pattern) return [];
        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant);
        }
        catch (ArgumentException)
        {
            // That the pattern cannot be parsed is what is asked here.
            _report.Report(DripRules.OptionValueDoesNotFit, attribute, _property,
                "pattern", pattern, _property.Name, "it is not a regular expression");
        }

        _limits = _limits with { Pattern = pattern };
        return [pattern];
    }

    private string[] Allowed(AttributeData attribute)
    {
        if (_kind != OptionKind.Text) return Ignore(attribute, "it is for texts; use an enum");
        if (attribute.ConstructorArguments is not [{ Kind: TypedConstantKind.Array, IsNull: false } values]) return [];
        var choices = new List<ChoiceSpec>();
        foreach (var value in values.Values)
        {
            if (value.IsNull) continue;
            if (value.Kind == TypedConstantKind.Primitive && value.Value is string text) choices.Add(new ChoiceSpec(text, choices.Count));
            else _report.Report(DripRules.OptionValueDoesNotFit, attribute, _property, "allowed value", $"{value.Value}", _property.Name, "it is not a text");
        }

        _choices = choices;
        return [];
    }

    private string[] Ignore(AttributeData attribute, string reason)
    {
        var name = attribute.AttributeClass!.Name;
        const string Suffix = "Attribute";
        if (name.EndsWith(Suffix, StringComparison.Ordinal)) name = name.Substring(0, name.Length - Suffix.Length);
        _report.Report(DripRules.OptionValidationIsNotChecked, attribute, _property, name, _property.Name, reason);
        return [];
    }
}
