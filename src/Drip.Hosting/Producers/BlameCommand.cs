using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Drip.Hosting.Commands;
using Drip.Hosting.Output;

namespace Drip.Hosting.Producers;

/// <summary><c>blame RUN TYPE ID FIELD</c>: which versions, and which steps, set a field of a record.</summary>
internal static class BlameCommand
{
    public static Command Create(Worker worker)
    {
        var run = RequiredArgument.Create("run", "The run's id, the beginning of it, or 'last'");
        var type = RequiredArgument.Create("type", "The model");
        var id = RequiredArgument.Create("id", "The record's id");
        var field = RequiredArgument.Create("field", "The field");
        var directory = VersionDirectory.Flag();
        var json = JsonFlag.Create();
        var command = new Command("blame", "Show which steps set a field of a record") { run, type, id, field, directory, json };
        command.SetAction(parsed =>
        {
            var folder = VersionDirectory.Of(parsed, directory);
            var history = OpenHistory.Open(worker, folder, VersionDirectory.Find(folder, RequiredArgument.Read(parsed, run)));
            var blames = history.Blame(RequiredArgument.Read(parsed, type), RequiredArgument.Read(parsed, id), RequiredArgument.Read(parsed, field));
            if (parsed.GetValue(json)) JsonLine.Write(worker.Screen, writer => Write(writer, blames));
            else Write(worker.Screen, blames);
        });
        return command;
    }

    private static void Write(Screen screen, IReadOnlyList<FieldBlame> blames)
    {
        if (blames.Count == 0)
        {
            screen.WriteLine("No version set it: there is no such record, or the file it came from does not say.");
            return;
        }

        var table = new TextTable("VERSION>", "AT", "STEP", "RECORD", "OLD", "NEW");
        foreach (var blame in blames)
        {
            var version = blame.Version;
            table.Add(version.Number.ToString(CultureInfo.InvariantCulture), Phrase.Time(version.At), version.Step.Length > 0 ? $"{version.Pipeline}/{version.Step}" : version.Kind,
                version.Record?.ToString() ?? "", FieldText.Of(blame.Old), FieldText.Of(blame.New));
        }

        table.WriteTo(screen);
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<FieldBlame> blames)
    {
        json.WriteStartArray();
        foreach (var blame in blames)
        {
            var version = blame.Version;
            json.WriteStartObject();
            json.WriteNumber("version", version.Number);
            json.WriteTime("at", version.At);
            json.WriteString("kind", version.Kind);
            json.WriteString("pipeline", version.Pipeline);
            json.WriteString("step", version.Step);
            json.WriteText("record", version.Record?.ToString());
            FieldText.Write(json, "old", blame.Old);
            FieldText.Write(json, "new", blame.New);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
