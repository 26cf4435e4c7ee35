using System.CommandLine;
using System.Text.Json;
using Drip.Hosting.Output;
using Drip.Options;

namespace Drip.Hosting.Commands;

/// <summary><c>options JOB</c>: what a job takes.</summary>
internal static class OptionsCommand
{
    public static Command Create(Worker worker)
    {
        var job = new Argument<string?>("job") { Description = "The job's name", Arity = ArgumentArity.ZeroOrOne };
        job.CompletionSources.Add([.. worker.Jobs.All.Select(known => known.Info.Name)]);
        var json = JsonFlag.Create();
        var command = new Command("options", "List the options of a job") { job, json };
        command.SetAction(parsed =>
        {
            var name = parsed.GetValue(job) ?? throw new DripException(DripErrorKind.Usage, "missing-job",
                "'options' needs the name of a job.", "Use 'list' to see the jobs.");
            var info = worker.Jobs.Find(name).Info;
            if (parsed.GetValue(json)) JsonLine.Write(worker.Screen, writer => WriteJson(writer, info));
            else WriteText(worker.Screen, info);
        });
        return command;
    }

    private static void WriteText(Screen screen, BackfillInfo info)
    {
        if (info.Options.Count == 0)
        {
            screen.WriteLine($"{info.Name} has no options.");
            return;
        }

        var table = new TextTable("OPTION", "TAKES", "DEFAULT", "DESCRIPTION");
        foreach (var option in info.Options) table.Add("--" + option.Name, OptionWording.Allowed(option), Default(option), option.Description ?? option.Label);
        table.WriteTo(screen);
    }

    private static string Default(OptionInfo option) => option switch
    {
        { Default: not null, IsSecret: true } => "***",
        { Default: { } value } => value,
        { IsRequired: true } => "(required)",
        _ => "",
    };

    private static void WriteJson(Utf8JsonWriter json, BackfillInfo info)
    {
        json.WriteStartArray();
        foreach (var option in info.Options)
        {
            json.WriteStartObject();
            json.WriteString("name", option.Name);
            json.WriteString("label", option.Label);
            json.WriteText("description", option.Description);
            json.WriteString("type", JsonNamingPolicy.CamelCase.ConvertName(option.Type.ToString()));
            json.WriteBoolean("required", option.IsRequired);
            json.WriteBoolean("nullable", option.IsNullable);
            json.WriteBoolean("secret", option.IsSecret);
            json.WriteText("default", option.IsSecret ? null : option.Default);
            json.WriteText("minimum", option.Minimum);
            json.WriteText("maximum", option.Maximum);
            json.WriteNumberOrNull("minLength", option.MinLength);
            json.WriteNumberOrNull("maxLength", option.MaxLength);
            json.WriteText("pattern", option.Pattern);
            json.WriteStartArray("choices");
            foreach (var choice in option.Choices) json.WriteStringValue(choice.Name);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
