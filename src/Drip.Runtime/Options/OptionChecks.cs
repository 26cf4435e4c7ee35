using System.Globalization;
using System.Text.RegularExpressions;

namespace Drip.Options;

/// <summary>The checks that an option's declaration asks for, on a value that already has the right type.</summary>
internal static class OptionChecks
{
    /// <summary>Why the value is refused, as a code and the end of a sentence that begins with the value; null if it is not.</summary>
    public static (string Code, string Reason)? Refusal(OptionInfo option, object value)
    {
        if (OutOfRange(option, value) is { } range) return ("option-out-of-range", range);
        if (WrongLength(option, value) is { } length) return ("option-length", length);
        if (value is not string text) return null;
        if (option.Choices.Count > 0 && option.Choices.All(choice => choice.Name != text)) return ("option-choice", "is not one of its choices");
        return option.Matches is null ? null : Mismatch(option.Matches, text);
    }

    private static string? OutOfRange(OptionInfo option, object value)
    {
        if (option.Minimum is { } minimum && Compare(option, value, minimum) is var low && (low < 0 || (low == 0 && option.MinimumIsExclusive)))
            return option.MinimumIsExclusive ? $"is not above {minimum}" : $"is below {minimum}";
        if (option.Maximum is { } maximum && Compare(option, value, maximum) is var high && (high > 0 || (high == 0 && option.MaximumIsExclusive)))
            return option.MaximumIsExclusive ? $"is not below {maximum}" : $"is above {maximum}";
        return null;
    }

    private static int Compare(OptionInfo option, object value, string bound)
    {
        if (OptionText.TryRead(option, bound, out var typed)) return ((IComparable)value).CompareTo(typed);

        // A bound may lie outside the option's own type, as in [Range(0, double.MaxValue)] on a decimal.
        if (value is int or long or float or double or decimal
            && double.TryParse(bound, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return ((IConvertible)value).ToDouble(CultureInfo.InvariantCulture).CompareTo(number);
        }

        throw new InvalidOperationException($"The bound '{bound}' of the option {option.Name} is not a value of its type, {option.Type}.");
    }

    private static string? WrongLength(OptionInfo option, object value)
    {
        var (length, unit) = value switch
        {
            string text => (text.Length, "characters"),
            long[] members => (members.Length, "elements"),
            _ => (-1, ""),
        };
        if (length < 0) return null;
        if (length < option.MinLength) return $"has fewer than {option.MinLength} {unit}";
        return length > option.MaxLength ? $"has more than {option.MaxLength} {unit}" : null;
    }

    private static (string Code, string Reason)? Mismatch(Func<string, bool> matches, string text)
    {
        try
        {
            return matches(text) ? null : ("option-pattern", "does not match its pattern");
        }
        catch (RegexMatchTimeoutException)
        {
            // A pattern that backtracks without end on this text cannot be said to accept it.
            return ("option-pattern", "takes too long to match against its pattern");
        }
    }
}
