using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Drip.Jobs;

namespace Drip.Options;

/// <summary>Checks the options that people give for a job, before a run is created.</summary>
public static class OptionParser
{
    private const string Masked = "***";

    /// <summary>Reads and checks options.</summary>
    /// <param name="info">The job.</param>
    /// <param name="given">
    /// What was given, by the option's name without dashes. A null value is a bare flag. An empty text is "no value" for
    /// an option that can be null and is not a text.
    /// </param>
    /// <exception cref="DripException">Something is wrong; the message holds one sentence for each mistake.</exception>
    public static ParsedOptions Parse(BackfillInfo info, IReadOnlyDictionary<string, string?> given)
    {
        var mistakes = new OptionMistakes();
        FindUnknown(info, given, mistakes);

        var values = new object?[info.Options.Count];
        var has = new bool[info.Options.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var option = info.Options[i];
            if (given.TryGetValue(option.Name, out var text)) has[i] = true;
            else if (option is { Default: { } declared, DefaultIsOwn: false }) (text, has[i]) = (declared, true);

            if (has[i]) values[i] = Read(option, text, mistakes);
            else if (MustBeGiven(option)) mistakes.Add("missing-option", $"--{option.Name} is required and was not given.", Give(option));
        }

        mistakes.ThrowIfAny();
        return new ParsedOptions(new OptionValues(values, has), Canonical(info, values, has));
    }

    /// <summary>Reads the options that a run was stored with. The values of secret ones are not in the store, and must be given again.</summary>
    /// <param name="info">The job.</param>
    /// <param name="canonical">What the store holds, see <see cref="ParsedOptions.Canonical"/>.</param>
    /// <param name="secrets">The secret values, by the option's name.</param>
    /// <param name="command">The command that a person gives them with, for the message that asks for them.</param>
    /// <exception cref="DripException">A secret is missing, or was not among the run's options, or the job does not take them as they are any more.</exception>
    public static ParsedOptions FromStored(BackfillInfo info, string canonical, IReadOnlyDictionary<string, string?> secrets, string command)
    {
        var mistakes = new OptionMistakes();
        var given = new Dictionary<string, string?>(StringComparer.Ordinal);
        using (var stored = JsonDocument.Parse(canonical))
        {
            foreach (var member in stored.RootElement.EnumerateObject())
            {
                var isSecret = info.Options.Any(option => option.Name == member.Name && option.IsSecret);
                if (!isSecret) given[member.Name] = member.Value.GetString();
                else if (secrets.TryGetValue(member.Name, out var secret)) given[member.Name] = secret;
                else mistakes.Add("missing-secret", $"The value of --{member.Name} is a secret, and those are not stored.", $"Give it again: {command} --{member.Name} …");
            }
        }

        foreach (var name in secrets.Keys.Where(name => !given.ContainsKey(name)))
            mistakes.Add("unknown-option", $"The run was begun without --{name}.", $"Leave it out: {command}");
        mistakes.ThrowIfAny();
        return Parse(info, given);
    }

    /// <summary>
    /// Reads the options that a run was stored with for code that does not process rows, in a process that was not given the
    /// secret ones: they are what the author's class makes of an option that is not given.
    /// </summary>
    internal static ParsedOptions WithoutSecrets(BackfillInfo info, string canonical)
    {
        using var stored = JsonDocument.Parse(canonical);
        var given = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var member in stored.RootElement.EnumerateObject())
        {
            if (!info.Options.Any(option => option.IsSecret && option.Name == member.Name)) given.Add(member.Name, member.Value.GetString());
        }

        return Parse(info with { Options = [.. info.Options.Select(option => option.IsSecret ? option with { IsRequired = false, Default = null } : option)] }, given);
    }

    private static void FindUnknown(BackfillInfo info, IReadOnlyDictionary<string, string?> given, OptionMistakes mistakes)
    {
        foreach (var name in given.Keys.Where(name => info.Options.All(option => option.Name != name)).Order(StringComparer.Ordinal))
        {
            var nearest = NearestName.Find(name, info.Options.Select(option => option.Name));
            mistakes.Add("unknown-option", $"The job {info.Name} has no option --{name}.",
                (nearest is null ? "Use" : $"Did you mean --{nearest}? Use") + $" 'options {info.Name}' to see its options.");
        }
    }

    // What a boolean is without an answer does not answer the question; any other value of the author's own does.
    private static bool MustBeGiven(OptionInfo option) =>
        option.IsRequired && (option.Default is null || (option.Type is OptionType.Boolean && option.Default == "false"));

    private static object? Read(OptionInfo option, string? text, OptionMistakes mistakes)
    {
        if (text is null)
        {
            if (option.Type is OptionType.Boolean) return true;
            mistakes.Add("option-without-value", $"--{option.Name} was given without a value.", Give(option));
            return null;
        }

        if (option.IsRequired && string.IsNullOrWhiteSpace(text))
        {
            mistakes.Add("missing-option", $"--{option.Name} is required, and the value given is empty.", Give(option));
            return null;
        }

        if (text.Length == 0 && option.IsNullable && option.Type is not OptionType.Text) return null;

        if (!OptionText.TryRead(option, text, out var value))
        {
            mistakes.Add("malformed-option", $"The value {Shown(option, text)} of --{option.Name} is not {Kind(option)}.", Give(option));
            return null;
        }

        if (OptionChecks.Refusal(option, value) is not var (code, reason)) return value;
        mistakes.Add(code,
            option.ErrorMessage is { } message
                ? $"The value {Shown(option, text)} of --{option.Name} is refused: {message.Replace("{0}", option.Label)}"
                : $"The value {Shown(option, text)} of --{option.Name} {reason}.",
            Give(option));
        return null;
    }

    private static string Give(OptionInfo option) => $"Give --{option.Name} {OptionWording.Allowed(option)}.";

    private static string Kind(OptionInfo option) => option.Type switch
    {
        OptionType.Int32 or OptionType.Int64 => "a whole number that it can hold",
        OptionType.Single or OptionType.Double or OptionType.Decimal => "a number that it can hold",
        OptionType.Boolean => "true or false",
        OptionType.Date => "a date",
        OptionType.Time => "a time",
        OptionType.DateTime or OptionType.DateTimeOffset => "a date and time",
        OptionType.Guid => "a Guid",
        OptionType.EnumArray => "a list of its choices",
        _ => "one of its choices",
    };

    private static string Shown(OptionInfo option, string text) => option.IsSecret ? Masked : Quoted.Text(text);

    private static string Canonical(BackfillInfo info, object?[] values, bool[] has)
    {
        var sorted = new List<int>();
        for (var i = 0; i < values.Length; i++)
        {
            if (has[i]) sorted.Add(i);
        }

        sorted.Sort((left, right) => string.CompareOrdinal(info.Options[left].Name, info.Options[right].Name));

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            foreach (var index in sorted)
            {
                var option = info.Options[index];
                json.WriteString(option.Name, option.IsSecret ? Masked : OptionText.Write(option, values[index]));
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
