using System.Collections.Generic;
using System.Linq;
using Drip.Generators.Model;
using Drip.Generators.Model.Producers;

namespace Drip.Generators.Parsing.Producers;

/// <summary>Puts the steps of a graph without circles in an order in which they could run one by one, as near to the written one as can be.</summary>
internal static class StepSorting
{
    /// <param name="steps">The steps, as they are written.</param>
    /// <param name="after">For each step those that it comes after, by their places among <paramref name="steps"/>.</param>
    public static IEnumerable<StepSpec> Sort(IReadOnlyList<StepSpec> steps, IReadOnlyList<int>[] after)
    {
        var order = new List<int>();
        var missing = after.Select(static before => before.Count).ToArray();
        var waiting = Waiting(after);
        var ready = new SortedSet<int>(Enumerable.Range(0, steps.Count).Where(place => missing[place] == 0));
        while (ready.Count > 0)
        {
            var place = ready.Min;
            ready.Remove(place);
            order.Add(place);
            foreach (var other in waiting[place])
            {
                if (--missing[other] == 0) ready.Add(other);
            }
        }

        var indexes = new int[steps.Count];
        for (var index = 0; index < order.Count; index++) indexes[order[index]] = index;
        return order.Select(place => steps[place] with
        {
            After = Indexes(after[place]),
            Before = Indexes(waiting[place]),
        });

        EquatableArray<int> Indexes(IEnumerable<int> places) => places.Select(place => indexes[place]).OrderBy(static index => index).ToEquatable();
    }

    private static List<int>[] Waiting(IReadOnlyList<int>[] after)
    {
        var waiting = after.Select(static _ => new List<int>()).ToArray();
        for (var place = 0; place < after.Length; place++)
        {
            foreach (var before in after[place]) waiting[before].Add(place);
        }

        return waiting;
    }
}
