using System;
using System.Linq;
using Drip.Generators.Parsing;

namespace Drip.Generators.Analyzers.Hooks;

/// <summary>Tells names that were meant to be hooks, and which.</summary>
/// <param name="Nearest">The hook that was probably meant, or null.</param>
internal sealed record HookSpelling(string? Nearest)
{
    private const int FarthestTypo = 2;

    // What else people call the statuses, and how they bend the words, by how it begins.
    private static readonly (string Start, string Status)[] s_synonyms =
    [
        ("complet", "Completed"), ("fail", "Failed"), ("stop", "Stopped"), ("paus", "Paused"), ("enqueu", "Enqueued"),
        ("finish", "Completed"), ("done", "Completed"), ("end", "Completed"), ("succe", "Completed"),
        ("start", "Running"), ("begin", "Running"), ("begun", "Running"), ("exec", "Running"),
        ("err", "Failed"), ("cancel", "Stopped"), ("abort", "Stopped"), ("suspend", "Paused"),
        ("queue", "Enqueued"), ("creat", "Pending"), ("schedul", "Pending"),
    ];

    /// <summary>What the name was meant to be; null if it is a hook's, or does not look like one.</summary>
    public static HookSpelling? Of(string method)
    {
        if (HookNames.PointOf(method) is not null) return null;
        var name = HookNames.WithoutSuffix(method);
        var suffix = method.Substring(name.Length);
        if (Enumerable.Range(0, HookNames.Count).Select(HookNames.Of).FirstOrDefault(hook => IsSame(hook, name)) is { } same)
        {
            return new HookSpelling(same + suffix);
        }

        if (HookNames.Moments.FirstOrDefault(word => Begins(name, word)) is { } moment
            && HookNames.Targets.FirstOrDefault(word => Begins(name.Substring(moment.Length), word)) is { } target)
        {
            // A small letter goes on with the word: BeforeRunning is about no run.
            var rest = name.Substring(moment.Length + target.Length);
            if (rest.Length == 0 || !char.IsLower(rest[0]))
            {
                return new HookSpelling(StatusOf(rest.TrimStart('_')) is { } status ? moment + target + status + suffix : null);
            }
        }

        return Nearest(name) is { } near ? new HookSpelling(near + suffix) : null;

        static string? Nearest(string name) => Enumerable.Range(0, HookNames.Count)
            .Select(HookNames.Of)
            .Select(hook => (Hook: hook, Distance: Spelling.Distance(name.ToLowerInvariant(), hook.ToLowerInvariant())))
            .Where(static candidate => candidate.Distance <= FarthestTypo)
            .OrderBy(static candidate => candidate.Distance)
            .Select(static candidate => candidate.Hook)
            .FirstOrDefault();
    }

    private static string? StatusOf(string word)
    {
        if (word.Length < 2) return null;
        if (HookNames.Statuses.FirstOrDefault(status => Begins(status, word) || Begins(word, status)) is { } begun) return begun;
        foreach (var (start, status) in s_synonyms)
        {
            if (Begins(word, start)) return status;
        }

        return HookNames.Statuses
            .Select(status => (Status: status, Distance: Spelling.Distance(word.ToLowerInvariant(), status.ToLowerInvariant())))
            .Where(candidate => candidate.Distance <= Math.Max(FarthestTypo, candidate.Status.Length / 3))
            .OrderBy(static candidate => candidate.Distance)
            .Select(static candidate => candidate.Status)
            .FirstOrDefault();
    }

    private static bool IsSame(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static bool Begins(string name, string word) => name.StartsWith(word, StringComparison.OrdinalIgnoreCase);
}
