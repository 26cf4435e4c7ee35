using System.Linq;
using Drip.Generators.Model;

namespace Drip.Generators.Emit;

/// <summary>Prints what is known of a job's options, and how their values reach the author's properties.</summary>
internal static class OptionEmitter
{
    private const string Regex = "global::System.Text.RegularExpressions.Regex";

    /// <summary>A field for each pattern, filled when the first value is checked: listing a job needs no engine for it.</summary>
    public static void Patterns(SourceWriter writer, EquatableArray<OptionSpec> options)
    {
        for (var index = 0; index < options.Count; index++)
        {
            if (options[index].Limits.Pattern is not { } pattern) continue;
            writer.Generated();
            writer.Line($"private static {Regex}? __dripPattern{index};\n");
            writer.Generated();
            using (writer.Block($"private static bool __dripMatches{index}(string text)"))
            {
                writer.Line($"__dripPattern{index} ??= new {Regex}({SourceWriter.Literal(pattern)},");
                writer.Line("    global::System.Text.RegularExpressions.RegexOptions.CultureInvariant, global::System.TimeSpan.FromSeconds(2d));");
                writer.Line($"var match = __dripPattern{index}.Match(text);");
                // As the attribute does: the empty text is left to [Required].
                writer.Line("return text.Length == 0 || (match.Success && match.Index == 0 && match.Length == text.Length);");
            }

            writer.Line();
        }
    }

    public static void Infos(SourceWriter writer, EquatableArray<OptionSpec> options)
    {
        if (options.Count == 0) return;
        using (writer.Block("Options = new global::Drip.OptionInfo[]", "},"))
        {
            for (var index = 0; index < options.Count; index++) Info(writer, options[index], index);
        }
    }

    /// <summary>Makes the job, and sets the options that are given.</summary>
    public static void Create(SourceWriter writer, BackfillSpec job, string arguments)
    {
        var call = $"var job = new {job.Type.FullName}({arguments})";
        if (job.Options.Any(static option => option.IsInitialized))
        {
            using (writer.Block(call, "};"))
            {
                for (var index = 0; index < job.Options.Count; index++)
                {
                    if (job.Options[index] is { IsInitialized: true } option) writer.Line($"{option.Identifier} = {Value(option, index)},");
                }
            }
        }
        else
        {
            writer.Line(call + ";");
        }

        for (var index = 0; index < job.Options.Count; index++)
        {
            if (job.Options[index] is { IsInitialized: false } option)
            {
                writer.Line($"if (options.Has({index})) job.{option.Identifier} = {Value(option, index)};");
            }
        }

        writer.Line("return job;");
    }

    private static void Info(SourceWriter writer, OptionSpec option, int index)
    {
        var limits = option.Limits;
        var settings = new[]
        {
            Text("Description", option.Description),
            Flag("IsRequired", option.IsRequired),
            Flag("IsNullable", option.IsNullable),
            Flag("IsSecret", option.IsSecret),
            Text("Default", option.Default),
            Flag("DefaultIsOwn", option.DefaultIsOwn),
            Text("Minimum", limits.Minimum),
            Flag("MinimumIsExclusive", limits.MinimumIsExclusive),
            Text("Maximum", limits.Maximum),
            Flag("MaximumIsExclusive", limits.MaximumIsExclusive),
            limits.MinLength is { } minLength ? $"MinLength = {minLength}," : null,
            limits.MaxLength is { } maxLength ? $"MaxLength = {maxLength}," : null,
            Text("Pattern", limits.Pattern),
            limits.Pattern is null ? null : $"Matches = static text => __dripMatches{index}(text),",
            Text("ErrorMessage", limits.ErrorMessage),
        }.OfType<string>().ToArray();
        var call = $"new({SourceWriter.Literal(option.Name)}, {SourceWriter.Literal(option.Label)}, global::Drip.OptionType.{option.Kind})";
        if (settings.Length == 0 && option.Choices.Count == 0)
        {
            writer.Line(call + ",");
            return;
        }

        using (writer.Block(call, "},"))
        {
            foreach (var setting in settings) writer.Line(setting);
            Choices(writer, option.Choices);
        }

        static string? Text(string name, string? value) => value is null ? null : $"{name} = {SourceWriter.Literal(value)},";

        static string? Flag(string name, bool value) => value ? $"{name} = true," : null;
    }

    private static void Choices(SourceWriter writer, EquatableArray<ChoiceSpec> choices)
    {
        if (choices.Count == 0) return;
        using (writer.Block("Choices = new global::Drip.OptionChoice[]", "},"))
        {
            foreach (var choice in choices) writer.Line($"new({SourceWriter.Literal(choice.Name)}, {Long(choice.Value)}),");
        }
    }

    private static string Value(OptionSpec option, int index)
    {
        var value = option.Kind switch
        {
            OptionKind.Enum => $"unchecked(({option.EnumName})options.Get<long>({index}))",
            OptionKind.EnumArray => $"global::System.Array.ConvertAll(options.Get<long[]>({index}), static value => unchecked(({option.EnumName})value))",
            _ => $"options.Get<{option.TypeName}>({index})",
        };
        var needsNullCheck = option is { IsNullable: true, Kind: OptionKind.Enum or OptionKind.EnumArray };
        return needsNullCheck ? $"options[{index}] is null ? ({option.TypeName})null : {value}" : value;
    }

    // The smallest long has no literal of its own.
    private static string Long(long value) => value == long.MinValue
        ? "long.MinValue"
        : value.ToString(System.Globalization.CultureInfo.InvariantCulture) + "L";
}
