namespace Drip.Generators.Analyzers.Sql;

/// <summary>
/// Keys of the properties with which the SQL analyzer tells a code fix what it found. Compiled into both assemblies, so
/// that the fixes need not load the analyzers.
/// </summary>
internal static class SqlFixHints
{
    /// <summary>The column that was probably meant; absent if none is near or the diagnostic does not stand exactly on the word.</summary>
    public const string Column = "Column";

    /// <summary>Present where the scope's text before the diagnostic stands by itself and everything from it on can go.</summary>
    public const string HasTail = "HasTail";
}
