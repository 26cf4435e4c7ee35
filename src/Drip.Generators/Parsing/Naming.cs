using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;

namespace Drip.Generators.Parsing;

/// <summary>Makes the names of tables, columns, jobs and options out of C# names, and identifiers out of names.</summary>
internal static class Naming
{
    /// <summary><c>OrderID</c> → <c>order_id</c>.</summary>
    public static string Snake(string name) => string.Join("_", Words(name).Select(static word => word.ToLowerInvariant()));

    /// <summary><c>ActiveOnly</c> → <c>active-only</c>.</summary>
    public static string Kebab(string name) => string.Join("-", Words(name).Select(static word => word.ToLowerInvariant()));

    /// <summary><c>ActiveOnly</c> → <c>Active only</c>.</summary>
    public static string Label(string name)
    {
        var words = Words(name).Select(static word => word.Length > 1 && word.All(char.IsUpper) ? word : word.ToLowerInvariant());
        var text = string.Join(" ", words);
        return text.Length == 0 ? name : char.ToUpperInvariant(text[0]) + text.Substring(1);
    }

    /// <summary>Whether a name has the form of jobs' and options' names: <c>[a-z0-9]+(-[a-z0-9]+)*</c>.</summary>
    public static bool IsKebab(string name) =>
        name.Split('-').All(static word => word.Length > 0 && word.All(static c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9')));

    /// <summary>The name as an identifier: keywords get their <c>@</c>.</summary>
    public static string Identifier(string name) =>
        SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None
            ? name
            : "@" + name;

    // A word begins at an underscore, at a capital after a small letter or digit, and at the last capital of a run
    // that a small letter follows: HTTPCode is HTTP, Code; Address2 is one word.
    private static IEnumerable<string> Words(string name)
    {
        var start = 0;
        for (var i = 0; i <= name.Length; i++)
        {
            var isEnd = i == name.Length || name[i] == '_';
            var isStart = !isEnd && i > start && char.IsUpper(name[i])
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (!isEnd && !isStart) continue;
            if (i > start) yield return name.Substring(start, i - start);
            start = isEnd ? i + 1 : i;
        }
    }
}
