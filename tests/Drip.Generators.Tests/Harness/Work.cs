using System.Reflection;
using Drip.Generated;

namespace Drip.Generators.Tests.Harness;

/// <summary>A batch of rows without a database.</summary>
internal sealed class Work<TRow>(TRow[] rows, IServiceProvider services) : BatchWork<TRow> where TRow : IModel<TRow>
{
    public override IServiceProvider Services => services;

    public override Batch<TRow> Batch => throw new NotSupportedException();

    public override BatchContext Context { get; } = new("run-1", "job", 1, null, 9L, rows.Length);

    public override int Count => rows.Length;

    public override Changes<TRow> Changes { get; } = new();

    public override TRow MoveTo(int position) => rows[position];

    public override Changes<TOther> ChangesOf<TOther>() => new();
}

/// <summary>Services by type, and nothing else.</summary>
internal sealed class Services(params object[] services) : IServiceProvider
{
    public object? GetService(Type serviceType) => Array.Find(services, serviceType.IsInstanceOfType);
}

/// <summary>Makes and runs generated jobs.</summary>
internal static class Jobs
{
    public static BackfillInfo Info<TJob, TRow>() where TJob : class, IBackfill<TJob, TRow> where TRow : IModel<TRow> => TJob.Info;

    public static TJob Create<TJob, TRow>(IServiceProvider services, Dictionary<string, object?> given)
        where TJob : class, IBackfill<TJob, TRow> where TRow : IModel<TRow>
    {
        var options = TJob.Info.Options;
        object?[] values = [.. options.Select(option => given.GetValueOrDefault(option.Name))];
        bool[] has = [.. options.Select(option => given.ContainsKey(option.Name))];
        // Only the engine makes option values, after it has checked them.
        var made = Activator.CreateInstance(
            typeof(OptionValues), BindingFlags.Instance | BindingFlags.NonPublic, binder: null, [values, has], culture: null);
        return TJob.Create(services, (OptionValues)made!);
    }

    public static int Process<TJob, TRow>(TJob job, TRow[] rows, IServiceProvider services)
        where TJob : class, IBackfill<TJob, TRow> where TRow : IModel<TRow>
    {
        var work = job.ProcessAsync(new Work<TRow>(rows, services), CancellationToken.None);
        Assert.True(work.IsCompleted);
        return work.GetAwaiter().GetResult();
    }

    public static HookSet Hooks<TJob, TRow>() where TJob : class, IBackfill<TJob, TRow> where TRow : IModel<TRow> => TJob.Hooks;

    /// <summary>Calls a hook of a new instance, with a token that can be cancelled.</summary>
    public static Task CallHook<TJob, TRow>(object service, HookPoint point, HookNext? next)
        where TJob : class, IBackfill<TJob, TRow> where TRow : IModel<TRow>
    {
        var services = new Services(service);
        using var cancelling = new CancellationTokenSource();
        var job = Create<TJob, TRow>(services, []);
        var call = point.Target == HookTarget.Run
            ? job.RunHookAsync(point, Run(point.Status), next, services, cancelling.Token)
            : job.BatchHookAsync(point, new BatchContext("run-1", "job", 7, null, 9L, 1), next, services, cancelling.Token);
        return call.AsTask();
    }

    /// <summary>A run that enters a status.</summary>
    public static RunContext Run(HookStatus status) => new("run-1", "job", status, "{}", null, 0, 0, 0, 0, null, null, null);
}
