using System.Linq;
using Drip.Generators.Model;

namespace Drip.Generators.Emit;

/// <summary>Prints the members of <c>IModel</c>: reading, writing and comparing rows.</summary>
internal static class CodecEmitter
{
    public static void Emit(SourceWriter writer, ModelSpec model)
    {
        var self = model.Type.FullName;
        var contract = $"global::Drip.IModel<{self}>";
        JsonTypes(writer, model);
        writer.Line($"static global::Drip.ModelSchema {contract}.Schema => __dripSchema;\n");
        using (writer.Block($"static {self} {contract}.Read<TReader>(ref TReader reader)")) Read(writer, model);
        writer.Line();
        using (writer.Block($"static void {contract}.Write<TWriter>(ref TWriter writer, {self} row, global::Drip.ColumnSet columns)"))
        {
            Write(writer, model);
        }

        writer.Line();
        using (writer.Block($"static void {contract}.WriteKey<TWriter>(ref TWriter writer, {self} row)"))
        {
            foreach (var ordinal in model.Key) writer.Line(ColumnCode.Write(model.Columns[ordinal], ordinal, $"row.{model.Columns[ordinal].Identifier}"));
        }

        writer.Line();
        using (writer.Block($"static global::Drip.ColumnSet {contract}.Diff({self} before, {self} after)")) Diff(writer, model);
        writer.Line();
        var sameKey = model.Key.Select(ordinal => ColumnCode.AreSame(model.Columns[ordinal], ordinal, "left", "right"));
        writer.Line($"static bool {contract}.SameKey({self} left, {self} right) => {string.Join(" && ", sameKey)};\n");
        writer.Line($"static global::Drip.Key {contract}.KeyOf({self} row) => {KeyOf(model)};\n");
        using (writer.Block($"static {self} {contract}.Copy({self} row)")) Copy(writer, model);
    }

    private static void JsonTypes(SourceWriter writer, ModelSpec model)
    {
        for (var ordinal = 0; ordinal < model.Columns.Count; ordinal++)
        {
            if (model.Columns[ordinal] is not { JsonType: { } type, JsonContext: { } context }) continue;
            var info = $"global::System.Text.Json.Serialization.Metadata.JsonTypeInfo<{type}>";
            writer.Generated();
            writer.Line($"private static readonly {info} __dripJson{ordinal} =");
            writer.Line($"    ({info}){context}.Default.GetTypeInfo(typeof({type}))!;\n");
        }
    }

    private static void Read(SourceWriter writer, ModelSpec model)
    {
        for (var ordinal = 0; ordinal < model.Columns.Count; ordinal++)
        {
            var column = model.Columns[ordinal];
            var value = ColumnCode.Read(column, ordinal);
            if (column.IsNullable) value = $"reader.IsNull({ordinal}) ? null : {value}";
            writer.Line($"{column.TypeName} __c{ordinal} = {value};");
        }

        Construct(writer, model, static (_, ordinal) => $"__c{ordinal}");
    }

    private static void Write(SourceWriter writer, ModelSpec model)
    {
        for (var ordinal = 0; ordinal < model.Columns.Count; ordinal++)
        {
            var column = model.Columns[ordinal];
            if (!column.IsNullable)
            {
                writer.Line($"if (columns.Contains({ordinal})) {ColumnCode.Write(column, ordinal, $"row.{column.Identifier}")}");
                continue;
            }

            using (writer.Block($"if (columns.Contains({ordinal}))"))
            {
                writer.Line($"if (row.{column.Identifier} is {{ }} __v{ordinal}) {ColumnCode.Write(column, ordinal, $"__v{ordinal}")}");
                writer.Line($"else writer.WriteNull({ordinal});");
            }
        }
    }

    private static void Diff(SourceWriter writer, ModelSpec model)
    {
        writer.Line("var columns = default(global::Drip.ColumnSet);");
        for (var ordinal = 0; ordinal < model.Columns.Count; ordinal++)
        {
            writer.Line($"if ({ColumnCode.Differ(model.Columns[ordinal], ordinal, "before", "after")}) columns.Add({ordinal});");
        }

        writer.Line("return columns;");
    }

    private static string KeyOf(ModelSpec model)
    {
        var parts = model.Key.Select(ordinal => $"row.{model.Columns[ordinal].Identifier}").ToArray();
        return parts.Length == 1 ? parts[0] : $"global::Drip.Key.Of(new object?[] {{ {string.Join(", ", parts)} }})";
    }

    private static void Copy(SourceWriter writer, ModelSpec model)
    {
        if (model.IsMutable) Construct(writer, model, static (column, _) => ColumnCode.Copy(column));
        else writer.Line("return row;");
    }

    private static void Construct(SourceWriter writer, ModelSpec model, System.Func<ColumnSpec, int, string> value)
    {
        var columns = model.Columns.Select((column, ordinal) => (column, Value: value(column, ordinal))).ToArray();
        var arguments = columns
            .Where(static entry => entry.column.Parameter is not null)
            .Select(static entry => $"{entry.column.Parameter}: {entry.Value}");
        var rest = columns.Where(static entry => entry.column.Parameter is null).ToArray();
        var call = $"return new {model.Type.FullName}({string.Join(", ", arguments)})";
        if (rest.Length == 0)
        {
            writer.Line(call + ";");
            return;
        }

        using (writer.Block(call, "};"))
        {
            foreach (var (column, text) in rest) writer.Line($"{column.Identifier} = {text},");
        }
    }
}
