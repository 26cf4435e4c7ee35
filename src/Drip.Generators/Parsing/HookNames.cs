using System;
using System.Collections.Generic;
using System.Linq;

namespace Drip.Generators.Parsing;

/// <summary>The names of hooks, and the numbers of their places: those of <c>Drip.Generated.HookPoint</c>.</summary>
internal static class HookNames
{
    /// <summary>How many places there are.</summary>
    public const int Count = 42;

    /// <summary>What a name may end with.</summary>
    public const string Suffix = "Async";

    public static string[] Moments { get; } = ["Before", "Around", "After"];

    public static string[] Targets { get; } = ["Run", "Batch"];

    public static string[] Statuses { get; } = ["Pending", "Enqueued", "Running", "Completed", "Failed", "Stopped", "Paused"];

    // After the words that it is made of.
    private static readonly Dictionary<string, int> s_points =
        Enumerable.Range(0, Count).ToDictionary(static point => Of(point), StringComparer.Ordinal);

    /// <summary>The name of the place's hook, without suffix.</summary>
    public static string Of(int point) => Moments[point % 3] + Targets[point / 21] + Statuses[point / 3 % 7];

    /// <summary>The place whose hook a method of this name is, or null.</summary>
    public static int? PointOf(string method) => s_points.TryGetValue(WithoutSuffix(method), out var point) ? point : null;

    /// <summary>Whether the hook of the place stands around the action.</summary>
    public static bool IsAround(int point) => point % 3 == 1;

    /// <summary>Whether the hook of the place is about a batch.</summary>
    public static bool IsOfBatch(int point) => point >= Count / 2;

    public static string WithoutSuffix(string method) => method.EndsWith(Suffix, StringComparison.Ordinal)
        ? method.Substring(0, method.Length - Suffix.Length)
        : method;
}
