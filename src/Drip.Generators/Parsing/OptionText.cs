using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Drip.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Parsing;

/// <summary>Values of options as text: as people type them, with a point in numbers and the year first in dates.</summary>
internal static class OptionText
{
    private static readonly string[] s_times = ["HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFFF"];

    private static readonly string[] s_dateTimes =
        ["yyyy-MM-dd", .. s_times.SelectMany(static time => new[] { "yyyy-MM-dd " + time, "yyyy-MM-dd'T'" + time })];

    private static readonly string[] s_offsets =
        [.. s_dateTimes, .. s_dateTimes.SelectMany(static format => new[] { format + "zzz", format + " zzz", format + "'Z'" })];

    /// <summary>A value that can be compared with others of its kind, or null if the text is none.</summary>
    public static IComparable? Parse(OptionKind kind, string text, IReadOnlyList<ChoiceSpec> choices)
    {
        var culture = CultureInfo.InvariantCulture;
        const NumberStyles Number = NumberStyles.Float;
        return kind switch
        {
            OptionKind.Text => text,
            OptionKind.Int32 => int.TryParse(text, NumberStyles.Integer, culture, out var value) ? (long)value : null,
            OptionKind.Int64 => long.TryParse(text, NumberStyles.Integer, culture, out var value) ? value : null,
            OptionKind.Single or OptionKind.Double => double.TryParse(text, Number, culture, out var value) ? value : null,
            OptionKind.Decimal => decimal.TryParse(text, Number, culture, out var value) ? value : null,
            OptionKind.Boolean => bool.TryParse(text, out var value) ? value : null,
            OptionKind.Date => DateTime.TryParseExact(text, "yyyy-MM-dd", culture, DateTimeStyles.None, out var value) ? value : null,
            OptionKind.Time => DateTime.TryParseExact(text, s_times, culture, DateTimeStyles.NoCurrentDateDefault, out var value) ? value : null,
            OptionKind.DateTime => DateTime.TryParseExact(text, s_dateTimes, culture, DateTimeStyles.None, out var value) ? value : null,
            OptionKind.DateTimeOffset => DateTimeOffset.TryParseExact(text, s_offsets, culture, DateTimeStyles.AssumeUniversal, out var value) ? value : null,
            OptionKind.Guid => Guid.TryParse(text, out var value) ? value : null,
            OptionKind.Enum => IsChoice(text) ? text : null,
            _ => text.Split(',').All(part => IsChoice(part.Trim())) ? text : null,
        };

        bool IsChoice(string name) => choices.Any(choice => choice.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The text of a constant, or null if it is not a value of the kind.</summary>
    public static string? Of(OptionKind kind, object? value, IReadOnlyList<ChoiceSpec> choices)
    {
        var text = value switch
        {
            null => null,
            string typed when kind is not (OptionKind.Int32 or OptionKind.Int64 or OptionKind.Single or OptionKind.Double or OptionKind.Boolean)
                => typed,
            bool flag when kind == OptionKind.Boolean => flag ? "true" : "false",
            _ when kind == OptionKind.Enum && IsWhole(value) => choices.FirstOrDefault(choice => choice.Value == OptionTypes.Widen(value))?.Name,
            _ when kind == OptionKind.Single && IsNumber(value) => Number(Convert.ToSingle(value, CultureInfo.InvariantCulture)),
            _ when kind == OptionKind.Double && IsNumber(value) => Number(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
            _ when kind is OptionKind.Int32 or OptionKind.Int64 or OptionKind.Decimal && IsNumber(value) => Number(value),
            _ => null,
        };
        return text is not null && Parse(kind, text, choices) is not null ? text : null;
    }

    /// <summary>The text of an attribute's argument, or null if it is not a value of the kind.</summary>
    public static string? Of(OptionKind kind, TypedConstant constant, INamedTypeSymbol? enumType, IReadOnlyList<ChoiceSpec> choices)
    {
        if (constant.Kind == TypedConstantKind.Array)
        {
            if (kind != OptionKind.EnumArray || constant.IsNull) return null;
            var parts = constant.Values.Select(value => Of(OptionKind.Enum, value, enumType, choices)).ToArray();
            return Array.IndexOf(parts, null) >= 0 ? null : string.Join(",", parts);
        }

        var isEnum = kind is OptionKind.Enum or OptionKind.EnumArray;
        if (constant.Kind == TypedConstantKind.Enum)
        {
            return isEnum && SymbolEqualityComparer.Default.Equals(constant.Type, enumType)
                ? Of(OptionKind.Enum, constant.Value, choices)
                : null;
        }

        if (isEnum && constant.Value is not string) return null;
        return constant.Kind == TypedConstantKind.Primitive ? Of(kind, constant.Value, choices) : null;
    }

    public static bool IsNumber(object? value) => IsWhole(value) || value is float or double or decimal;

    private static bool IsWhole(object? value) => value is sbyte or byte or short or ushort or int or uint or long or ulong;

    private static string Number(object value) => value switch
    {
        float single => single.ToString("R", CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
