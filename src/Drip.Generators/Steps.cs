namespace Drip.Generators;

/// <summary>The names under which the steps of the pipelines are tracked; tests assert what each did after an edit.</summary>
internal static class Steps
{
    public const string Project = "Drip.Project";
    public const string Models = "Drip.Models";
    public const string Backfills = "Drip.Backfills";
    public const string HookHandlers = "Drip.HookHandlers";
    public const string Producers = "Drip.Producers";
    public const string Manifest = "Drip.Manifest";
    public const string PlanLock = "Drip.PlanLock";
}
