using System.CommandLine;
using Drip.Hosting.Output;
using Drip.Options;

namespace Drip.Hosting.Producers;

/// <summary><c>graph NAME</c>: what a producer's steps wait for.</summary>
internal static class GraphCommand
{
    public static Command Create(Worker worker)
    {
        var name = ProducerArgument.Create(worker);
        var format = new Option<string?>("--format") { Description = "mermaid, the default, or json", HelpName = "format" };
        format.CompletionSources.Add("mermaid", "json");
        var command = new Command("graph", "Show what the steps of a producer wait for") { name, format };
        command.SetAction(parsed =>
        {
            var plan = ProducerArgument.Find(worker, parsed, name).Plan;
            switch (parsed.GetValue(format))
            {
                case null or "mermaid":
                    worker.Screen.WriteLine(PlanGraph.Mermaid(plan));
                    return;
                case "json":
                    JsonLine.Write(worker.Screen, json => PlanGraph.Write(json, plan));
                    return;
                case var other:
                    throw new DripException(DripErrorKind.Usage, "malformed-option", $"There is no format {Quoted.Text(other)}.", "Give --format mermaid or json.");
            }
        });
        return command;
    }
}
