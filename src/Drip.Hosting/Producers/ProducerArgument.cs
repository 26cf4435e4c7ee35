using System.CommandLine;
using Drip.Generated;

namespace Drip.Hosting.Producers;

/// <summary>The producer that a command is about.</summary>
internal static class ProducerArgument
{
    public static Argument<string?> Create(Worker worker)
    {
        var name = new Argument<string?>("producer") { Description = "The producer's name", Arity = ArgumentArity.ZeroOrOne };
        name.CompletionSources.Add([.. worker.Jobs.Producers.Select(producer => producer.Plan.Name)]);
        return name;
    }

    /// <summary>The producer that was typed.</summary>
    /// <exception cref="DripException">None was, or there is none with this name; the message offers the nearest one.</exception>
    public static ProducerInfo Find(Worker worker, ParseResult parsed, Argument<string?> argument)
    {
        if (parsed.GetValue(argument) is { Length: > 0 } typed) return worker.Jobs.FindProducer(typed);
        throw new DripException(DripErrorKind.Usage, "missing-producer",
            $"'{parsed.CommandResult.Command.Name}' needs the name of a producer.",
            $"Name one of: {string.Join(", ", worker.Jobs.Producers.Select(producer => producer.Plan.Name))}.");
    }
}
