using System.ComponentModel;

namespace Drip.Generated;

/// <summary>One of the 42 places where a hook can be called, as a number: <c>(target * 7 + status) * 3 + moment</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct HookPoint
{
    /// <summary>How many places there are.</summary>
    public const int Count = 42;

    // Written out, so that no name depends on what a trimmed program keeps of an enum.
    private static readonly string[] s_targets = ["Run", "Batch"];
    private static readonly string[] s_statuses = ["Pending", "Enqueued", "Running", "Completed", "Failed", "Stopped", "Paused"];
    private static readonly string[] s_moments = ["Before", "Around", "After"];

    /// <summary>The place with this number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    public HookPoint(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(value, Count);
        Value = value;
    }

    /// <summary>The number, from 0.</summary>
    public int Value { get; }

    /// <summary>What the hook is about.</summary>
    public HookTarget Target => (HookTarget)(Value / 21);

    /// <summary>The status that is entered.</summary>
    public HookStatus Status => (HookStatus)(Value / 3 % 7);

    /// <summary>When the hook is called.</summary>
    public HookMoment Moment => (HookMoment)(Value % 3);

    /// <summary>The place of these three.</summary>
    public static HookPoint Of(HookTarget target, HookStatus status, HookMoment moment) =>
        new((((int)target * 7) + (int)status) * 3 + (int)moment);

    /// <summary>The place whose hook has this name, without <c>Async</c>; null if there is none.</summary>
    public static HookPoint? TryParse(string? name)
    {
        for (var value = 0; value < Count; value++)
        {
            var point = new HookPoint(value);
            if (point.ToString() == name) return point;
        }

        return null;
    }

    /// <summary>The name of the hook, for example <c>AfterRunCompleted</c>.</summary>
    public override string ToString() => s_moments[(int)Moment] + s_targets[(int)Target] + s_statuses[(int)Status];
}

/// <summary>A set of places with hooks, one bit each.</summary>
/// <param name="Value">The bits: place n is bit n.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct HookSet(ulong Value)
{
    /// <summary>No place.</summary>
    public static HookSet None => default;

    /// <summary>Whether the place is in the set.</summary>
    public bool Contains(HookPoint point) => (Value >> point.Value & 1) != 0;

    /// <summary>The set and the place.</summary>
    public HookSet With(HookPoint point) => new(Value | 1UL << point.Value);

    /// <summary>The places that are in one of the sets, or in both.</summary>
    public static HookSet operator |(HookSet left, HookSet right) => new(left.Value | right.Value);
}
