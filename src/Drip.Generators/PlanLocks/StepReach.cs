using System;
using System.Collections.Generic;
using System.Linq;

namespace Drip.Generators.PlanLocks;

/// <summary>What each step of a pipeline comes after, directly or by way of others; only the steps that lock and code both have count.</summary>
internal sealed class StepReach
{
    private readonly Dictionary<string, HashSet<string>> _before = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _shared;

    /// <param name="steps">The steps, each after those that it waits for.</param>
    /// <param name="shared">The steps that count, and the names that they are compared by.</param>
    public StepReach(IEnumerable<LockedStep> steps, Dictionary<string, string> shared)
    {
        _shared = shared;
        foreach (var step in steps)
        {
            var before = new HashSet<string>(step.After.Concat(step.After.SelectMany(name => _before[name])), StringComparer.Ordinal);
            _before.Add(step.Name, before);
        }
    }

    /// <summary>The steps before a step.</summary>
    public HashSet<string> Before(string step) => Shared(_before[step]);

    /// <summary>Whether a step stands between the same steps as another one in another pipeline.</summary>
    public bool HasPlaceOf(string step, StepReach others, string other) =>
        Before(step).SetEquals(others.Before(other)) && Behind(step).SetEquals(others.Behind(other));

    private HashSet<string> Behind(string step) => Shared(_before.Where(entry => entry.Value.Contains(step)).Select(static entry => entry.Key));

    private HashSet<string> Shared(IEnumerable<string> names) =>
        new(names.Where(_shared.ContainsKey).Select(name => _shared[name]), StringComparer.Ordinal);
}
