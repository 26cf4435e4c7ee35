namespace Drip.Generators.PlanLocks;

/// <summary>Keys of the properties with which the rules of the plan lock tell a code fix what they found. Compiled into both assemblies.</summary>
internal static class LockFixHints
{
    /// <summary>The name that the step probably had; absent where none is likely.</summary>
    public const string Former = "Former";
}
