using System.Linq;
using System.Text;

namespace Drip.Generators.Parsing;

/// <summary>Names of generated files. Two types never share one: a repeated name would lose all output of a generator.</summary>
internal static class HintNames
{
    /// <summary>The path itself, or where a character had to be replaced, with a hash that keeps it apart.</summary>
    public static string Of(string path)
    {
        var name = new string([.. path.Select(static c => IsPlain(c) ? c : '_')]);
        return name == path ? name : $"{name}.{Hash(path)}";
    }

    /// <summary>Eight hexadecimal digits of the text (FNV-1a), the same in every process.</summary>
    public static string Hash(string text) => Code(text).ToString("x8", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The text's hash as a number.</summary>
    public static uint Code(string text)
    {
        var hash = 2166136261;
        foreach (var b in Encoding.UTF8.GetBytes(text)) hash = unchecked((hash ^ b) * 16777619);
        return hash;
    }

    private static bool IsPlain(char c) =>
        c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '.' or '-';
}
