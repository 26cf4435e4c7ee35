using Drip.Generated;

namespace Drip.Hosting.Tests.Harness;

/// <summary>Called by <see cref="GiveRole"/> and <see cref="Touch"/> in each of its batches, with the batch's number and what cancels it.</summary>
internal delegate void BatchHook(long number, CancellationToken cancellationToken);

/// <summary>A job that works on whole batches and has options of several types.</summary>
internal sealed class GiveRole(BatchHook? hook, OptionValues options) : IBackfill<GiveRole, Person>
{
    public static BackfillInfo Info { get; } = new("give-role", "Tests.GiveRole")
    {
        Description = "Gives a role to everyone without one",
        BatchSize = 10,
        Options =
        [
            new("role", "Role", OptionType.Text) { IsNullable = true, Description = "The role to give." },
            new("min-id", "Min id", OptionType.Int32) { IsNullable = true, Minimum = "-5", Maximum = "500" },
            new("active-only", "Active only", OptionType.Boolean) { Default = "true", DefaultIsOwn = true },
            new("level", "Level", OptionType.Enum) { IsNullable = true, Choices = [new("Junior", 0), new("Senior", 1)] },
            new("levels", "Levels", OptionType.EnumArray) { IsNullable = true, Choices = [new("Junior", 0), new("Senior", 1)] },
            new("token", "Token", OptionType.Text) { IsNullable = true, IsSecret = true, MinLength = 8 },
        ],
    };

    public static GiveRole Create(IServiceProvider services, OptionValues options) =>
        new((BatchHook?)services.GetService(typeof(BatchHook)), options);

    public Scope<Person> GetScope() => Scope<Person>.Where($"role IS NULL")
        .AndIf(options.Has(1) && options[1] is not null, $"id >= {options[1]}");

    public async ValueTask<int> ProcessAsync(BatchWork<Person> work, CancellationToken cancellationToken)
    {
        hook?.Invoke(work.Context.Number, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var role = options.Has(0) ? options.Get<string?>(0) : "intern";
        return await work.Batch.UpdateAsync($"role = {role}", cancellationToken);
    }
}

/// <summary>A job that takes rows one by one and fails at row 25.</summary>
internal sealed class Stumble : IBackfill<Stumble, Person>
{
    public static BackfillInfo Info { get; } = new("stumble", "Tests.Stumble") { BatchSize = 10, IsElementWise = true };

    public static Stumble Create(IServiceProvider services, OptionValues options) => new();

    public Scope<Person> GetScope() => Scope<Person>.All;

    public ValueTask<int> ProcessAsync(BatchWork<Person> work, CancellationToken cancellationToken)
    {
        for (var i = 0; i < work.Count; i++)
        {
            var person = work.MoveTo(i);
            if (person.Id == 25) throw new InvalidDataException("row 25 is odd");
            work.Changes.Update(person with { Role = "seen" });
        }

        return new ValueTask<int>(work.Count);
    }
}

/// <summary>Counts each touch of a row in its name, so that one that is touched twice is seen; may be divided.</summary>
internal sealed class Touch(BatchHook? hook, string mark) : IBackfill<Touch, Person>
{
    public static BackfillInfo Info { get; } = new("touch", "Tests.Touch")
    {
        BatchSize = 10,
        Options = [new("mark", "Mark", OptionType.Text) { Default = "x", DefaultIsOwn = true }],
    };

    public static Touch Create(IServiceProvider services, OptionValues options) =>
        new((BatchHook?)services.GetService(typeof(BatchHook)), options.Has(0) ? options.Get<string>(0)! : "x");

    public Scope<Person> GetScope() => Scope<Person>.All;

    public async ValueTask<int> ProcessAsync(BatchWork<Person> work, CancellationToken cancellationToken)
    {
        hook?.Invoke(work.Context.Number, cancellationToken);
        return await work.Batch.UpdateAsync($"name = name || {mark}", cancellationToken);
    }
}

/// <summary>A job that fails at everybody whose name begins with 'bad', and allows three of them.</summary>
internal sealed class Lenient : IBackfill<Lenient, Person>
{
    public static BackfillInfo Info { get; } = new("lenient", "Tests.Lenient") { BatchSize = 10, IsElementWise = true, MaxFailures = 3 };

    public static Lenient Create(IServiceProvider services, OptionValues options) => new();

    public Scope<Person> GetScope() => Scope<Person>.All;

    public ValueTask<int> ProcessAsync(BatchWork<Person> work, CancellationToken cancellationToken)
    {
        for (var i = 0; i < work.Count; i++)
        {
            var person = work.MoveTo(i);
            if (person.Name.StartsWith("bad", StringComparison.Ordinal)) throw new InvalidDataException($"'{person.Name}' is no name");
            work.Changes.Update(person with { Role = "seen" });
        }

        return new ValueTask<int>(work.Count);
    }
}

/// <summary>A job with a secret, which no queue can hold.</summary>
internal sealed class Confidential : IBackfill<Confidential, Person>
{
    public static BackfillInfo Info { get; } = new("confidential", "Tests.Confidential")
    {
        Options = [new("token", "Token", OptionType.Text) { IsNullable = true, IsSecret = true }],
    };

    public static Confidential Create(IServiceProvider services, OptionValues options) => new();

    public Scope<Person> GetScope() => Scope<Person>.All;

    public ValueTask<int> ProcessAsync(BatchWork<Person> work, CancellationToken cancellationToken) => new(0);
}

/// <summary>A job with a service that the host may lack, and one option that must be given.</summary>
internal sealed class Demanding : IBackfill<Demanding, Person>
{
    public static BackfillInfo Info { get; } = new("demanding", "Tests.Demanding")
    {
        Options = [new("reason", "Reason", OptionType.Text) { IsRequired = true }],
    };

    public static Demanding Create(IServiceProvider services, OptionValues options)
    {
        ServiceLookup.Require<IFormattable>(services, "demanding");
        return new Demanding();
    }

    public Scope<Person> GetScope() => Scope<Person>.All;

    public ValueTask<int> ProcessAsync(BatchWork<Person> work, CancellationToken cancellationToken) => new(work.Count);
}
