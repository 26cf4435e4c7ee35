namespace Drip.CodeFixes;

/// <summary>The rules that a single edit repairs.</summary>
internal static class RuleIds
{
    public const string BackfillIsNotPartial = "DRIP1001";
    public const string BackfillHasNoProcessMethod = "DRIP1002";
    public const string OptionCannotBeSet = "DRIP1013";
    public const string ModelIsNotPartial = "DRIP4001";
    public const string ModelHasNoKey = "DRIP4002";
    public const string ColumnTypeIsUnsupported = "DRIP4004";
    public const string SqlNamesUnknownColumn = "DRIP4020";
    public const string ScopeHasOrderOrLimit = "DRIP4021";
    public const string ValueStandsInsideQuotes = "DRIP4022";
}
