namespace Drip.CodeFixes;

/// <summary>The rules that a single edit repairs.</summary>
internal static class RuleIds
{
    public const string BackfillIsNotPartial = "DRIP1001";
    public const string BackfillHasNoProcessMethod = "DRIP1002";
    public const string OptionCannotBeSet = "DRIP1013";
    public const string ProducerIsNotPartial = "DRIP2001";
    public const string StepIsUnknown = "DRIP2010";
    public const string RecordIsUnsuitable = "DRIP2020";
    public const string StepAwaitsWithoutToken = "DRIP2022";
    public const string NonIdempotentStepIsRetried = "DRIP2025";
    public const string LockedPartIsGone = "DRIP2082";
    public const string ModelIsNotPartial = "DRIP4001";
    public const string ModelHasNoKey = "DRIP4002";
    public const string ColumnTypeIsUnsupported = "DRIP4004";
    public const string SqlNamesUnknownColumn = "DRIP4020";
    public const string ScopeHasOrderOrLimit = "DRIP4021";
    public const string ValueStandsInsideQuotes = "DRIP4022";
    public const string HookIsMisspelt = "DRIP6001";
    public const string HookHasWrongParameters = "DRIP6002";
    public const string HookHasWrongResult = "DRIP6003";
    public const string AroundHookMaySkipNext = "DRIP6004";
    public const string AroundHookDoesNotAwaitNext = "DRIP6006";
    public const string HookHandlerIsNotPartial = "DRIP6008";
    public const string HookHandlerCannotBeCalled = "DRIP6009";
}
