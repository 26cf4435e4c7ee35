using System.Collections.Generic;
using System.Linq;

namespace Drip.Generators.Parsing.Producers;

/// <summary>Finds a way from a step back to itself.</summary>
internal static class Circle
{
    private enum Mark
    {
        Unseen,
        Open,
        Done,
    }

    /// <summary>
    /// The places of the steps of a circle in the order in which they would run, the one written first at both ends; null if there is none.
    /// </summary>
    /// <param name="after">For each step those that it comes after.</param>
    public static IReadOnlyList<int>? Find(IReadOnlyList<int>[] after)
    {
        var marks = new Mark[after.Length];
        for (var start = 0; start < after.Length; start++)
        {
            if (Walk(start, after, marks) is { } circle) return Turn(circle);
        }

        return null;
    }

    // Without recursion: a chain can be longer than a stack is deep.
    private static List<int>? Walk(int start, IReadOnlyList<int>[] after, Mark[] marks)
    {
        if (marks[start] != Mark.Unseen) return null;
        var path = new List<int> { start };
        var next = new List<int> { 0 };
        marks[start] = Mark.Open;
        while (path.Count > 0)
        {
            var (step, edge) = (path[path.Count - 1], next[next.Count - 1]++);
            if (edge == after[step].Count)
            {
                marks[step] = Mark.Done;
                path.RemoveAt(path.Count - 1);
                next.RemoveAt(next.Count - 1);
                continue;
            }

            var before = after[step][edge];
            if (marks[before] == Mark.Open) return path.GetRange(path.IndexOf(before), path.Count - path.IndexOf(before));
            if (marks[before] == Mark.Done) continue;
            marks[before] = Mark.Open;
            path.Add(before);
            next.Add(0);
        }

        return null;
    }

    // The walk goes from each step to one that comes before it.
    private static IReadOnlyList<int> Turn(List<int> circle)
    {
        circle.Reverse();
        var first = circle.IndexOf(circle.Min());
        return [.. circle.Skip(first), .. circle.Take(first + 1)];
    }
}
