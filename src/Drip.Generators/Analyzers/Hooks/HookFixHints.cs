namespace Drip.Generators.Analyzers.Hooks;

/// <summary>
/// Keys of the properties with which the analyzers of hooks tell a code fix what they found. Compiled into both assemblies,
/// so that the fixes need not load the analyzers.
/// </summary>
internal static class HookFixHints
{
    /// <summary>The name that was probably meant; absent if none is near, or the class has that hook already.</summary>
    public const string Name = "Name";

    /// <summary>Present where nothing in the hook calls its next.</summary>
    public const string NeverCalls = "NeverCalls";
}
