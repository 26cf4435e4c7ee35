namespace Drip.Generators.PlanLocks;

/// <summary>A field of a model in the plan lock.</summary>
/// <param name="Name">The column's name, under which versions hold it.</param>
/// <param name="Type">How its values travel, for example <c>Int32</c>; of JSON also what it is made of.</param>
/// <param name="IsNullable">Whether it may be null.</param>
/// <param name="IsId">Whether it is the record's id.</param>
internal sealed record LockedField(string Name, string Type, bool IsNullable, bool IsId);
