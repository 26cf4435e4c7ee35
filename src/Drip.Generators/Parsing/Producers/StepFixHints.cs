namespace Drip.Generators.Parsing.Producers;

/// <summary>Keys of the properties with which the rules of steps tell a code fix what they found. Compiled into both assemblies.</summary>
internal static class StepFixHints
{
    /// <summary>The step method that was probably meant; absent if none is near.</summary>
    public const string Nearest = "Nearest";
}
