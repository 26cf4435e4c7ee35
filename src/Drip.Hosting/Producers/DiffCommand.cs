using System.CommandLine;
using System.Text.Json;
using Drip.Hosting.Commands;
using Drip.Hosting.Output;

namespace Drip.Hosting.Producers;

/// <summary><c>diff RUN A [B]</c>: what a version changed, or what changed from one to another, field by field.</summary>
internal static class DiffCommand
{
    public static Command Create(Worker worker)
    {
        var run = RequiredArgument.Create("run", "The run's id, the beginning of it, or 'last'");
        var from = RequiredArgument.Create("a", "A version");
        var to = new Argument<string?>("b") { Description = "Another version; without it the changes of version A are shown", Arity = ArgumentArity.ZeroOrOne };
        var directory = VersionDirectory.Flag();
        var json = JsonFlag.Create();
        var command = new Command("diff", "Show what a version changed, or what changed from one to another") { run, from, to, directory, json };
        command.SetAction(parsed =>
        {
            var folder = VersionDirectory.Of(parsed, directory);
            var typed = RequiredArgument.Read(parsed, run);
            var found = VersionDirectory.Find(folder, typed);
            var history = OpenHistory.Open(worker, folder, found);
            var first = (int)VersionDirectory.Number(RequiredArgument.Read(parsed, from), found);
            var deltas = parsed.GetValue(to) is { } second
                ? history.Diff(first, (int)VersionDirectory.Number(second, found))
                : history[first].Diff;
            if (parsed.GetValue(json)) JsonLine.Write(worker.Screen, writer => Write(writer, deltas));
            else Write(worker.Screen, deltas);
        });
        return command;
    }

    private static void Write(Screen screen, IReadOnlyList<RecordDelta> deltas)
    {
        if (deltas.Count == 0) screen.WriteLine("Nothing differs.");
        foreach (var delta in deltas)
        {
            screen.WriteLine($"{delta.Kind.ToString().ToLowerInvariant()} {delta.Type} {delta.Id}");
            foreach (var field in delta.Fields)
            {
                screen.WriteLine(delta.Kind switch
                {
                    RecordChangeKind.Create => $"  {field.Name} = {FieldText.Of(field.New)}",
                    RecordChangeKind.Delete => $"  {field.Name} was {FieldText.Of(field.Old)}",
                    _ => $"  {field.Name}: {FieldText.Of(field.Old)} -> {FieldText.Of(field.New)}",
                });
            }
        }
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<RecordDelta> deltas)
    {
        json.WriteStartArray();
        foreach (var delta in deltas)
        {
            json.WriteStartObject();
            json.WriteString("action", delta.Kind.ToString().ToLowerInvariant());
            json.WriteString("type", delta.Type);
            json.WriteString("id", delta.Id.ToString());
            json.WriteStartObject("fields");
            foreach (var field in delta.Fields)
            {
                json.WriteStartObject(field.Name);
                if (delta.Kind != RecordChangeKind.Create) FieldText.Write(json, "old", field.Old);
                if (delta.Kind != RecordChangeKind.Delete) FieldText.Write(json, "new", field.New);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
