using Drip.Generated;

namespace Drip.Producers.Versions;

/// <summary>Reads the versions of one run: with the log's own reader while it runs, and later with one that is opened for each question.</summary>
/// <param name="plan">The producer.</param>
/// <param name="directory">Where the versions are; null in memory.</param>
/// <param name="log">Gives the log's reader.</param>
internal sealed class VersionSource(ProducerPlan plan, string? directory, Func<IVersionReader> log)
{
    private Func<IVersionReader>? _open;

    public ProducerPlan Plan => plan;

    public string? Directory => directory;

    /// <summary>The log's own reader; in memory it can be used for ever.</summary>
    public IVersionReader Reader => log();

    /// <summary>The log is closed: from now on a reader is opened for each question.</summary>
    public void Reopen(Func<IVersionReader> open) => _open = open;

    /// <summary>Asks the versions something.</summary>
    public T Ask<T>(Func<IVersionReader, T> question)
    {
        if (_open is null) return question(Reader);
        using var opened = _open();
        return question(opened);
    }

    /// <summary>For each model its records at a version.</summary>
    public IReadOnlyList<object>[] Load(long number) => Ask(versions => versions.Load(number));

    /// <exception cref="DripException">The versions are those of another producer.</exception>
    public void CheckIsOf(ProducerPlan other)
    {
        if (other.Name == plan.Name) return;
        throw new DripException(
            DripErrorKind.Usage, "other-producer", $"The version is one of the producer {plan.Name}, not of {other.Name}.",
            $"Take a version of {other.Name}, or give the records that you need as initial data.");
    }
}
