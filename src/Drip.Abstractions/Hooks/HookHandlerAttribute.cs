namespace Drip;

/// <summary>
/// Makes a static partial class the handler of hooks for every job: its methods are named like the hooks of a backfill
/// (<c>AfterRunCompleted</c>, <c>BeforeBatchRunning</c>, …), and each is called for the jobs that have no hook of that name
/// themselves. A host has at most one such class.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class HookHandlerAttribute : Attribute;
