using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Text;

namespace Drip.Generators.Tests.Harness;

/// <summary>A source with the places marked where a rule must be reported: <c>{|DRIP1001:AddRole|}</c>.</summary>
internal sealed partial record Markup(string Source, IReadOnlyList<Markup.Place> Places)
{
    /// <summary>One expected report.</summary>
    internal sealed record Place(string Rule, TextSpan Span);

    /// <summary>Takes the marks out of a source. They can be nested.</summary>
    public static Markup Parse(string marked)
    {
        var source = new StringBuilder();
        var places = new List<Place>();
        var open = new Stack<(string Rule, int Start)>();
        for (var i = 0; i < marked.Length;)
        {
            var start = Opening().Match(marked, i);
            if (start.Success)
            {
                open.Push((start.Groups[1].Value, source.Length));
                i += start.Length;
            }
            else if (open.Count > 0 && marked.AsSpan(i).StartsWith("|}"))
            {
                var (rule, from) = open.Pop();
                places.Add(new Place(rule, TextSpan.FromBounds(from, source.Length)));
                i += 2;
            }
            else
            {
                source.Append(marked[i++]);
            }
        }

        Assert.Empty(open);
        return new Markup(source.ToString(), places);
    }

    [GeneratedRegex(@"\G\{\|(DRIP\d{4}):")]
    private static partial Regex Opening();
}
