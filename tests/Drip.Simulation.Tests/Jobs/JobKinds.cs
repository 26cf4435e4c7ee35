namespace Drip.Simulation.Jobs;

/// <summary>What distinguishes jobs that do the same.</summary>
internal interface IJobKind
{
    static abstract string Name { get; }

    /// <summary>How many rows may fail.</summary>
    static abstract int MaxFailures { get; }

    static abstract bool HasSecret { get; }
}

internal sealed class Patient : IJobKind
{
    public static string Name => "patient";

    public static int MaxFailures => 1000;

    public static bool HasSecret => false;
}

internal sealed class Strict : IJobKind
{
    public static string Name => "strict";

    public static int MaxFailures => 0;

    public static bool HasSecret => false;
}

internal sealed class Secret : IJobKind
{
    /// <summary>What no store may hold.</summary>
    public const string Value = "hunter2hunter2";

    public static string Name => "secret";

    public static int MaxFailures => 2;

    public static bool HasSecret => true;
}

/// <summary>The jobs of every simulated worker.</summary>
internal static class JobKinds
{
    public const string Label = "label";
    public const string Password = "password";

    public static BackfillInfo InfoOf<TKind>(string form, bool isElementWise) where TKind : IJobKind => new($"{TKind.Name}-{form}", $"{TKind.Name}.{form}")
    {
        IsElementWise = isElementWise,
        MaxFailures = TKind.MaxFailures,
        Options =
        [
            new OptionInfo(Label, "Label", OptionType.Text),
            .. TKind.HasSecret ? [new OptionInfo(Password, "Password", OptionType.Text) { IsSecret = true }] : Array.Empty<OptionInfo>(),
        ],
    };

    public static Drip.Jobs.JobRegistry Registry()
    {
        var jobs = new Drip.Jobs.JobRegistry();
        jobs.AddBackfill<TouchBatches<Patient>, Model.Item>();
        jobs.AddBackfill<TouchBatches<Strict>, Model.Item>();
        jobs.AddBackfill<TouchBatches<Secret>, Model.Item>();
        jobs.AddBackfill<TouchEach<Patient>, Model.Item>();
        jobs.AddBackfill<TouchEach<Strict>, Model.Item>();
        return jobs;
    }
}
