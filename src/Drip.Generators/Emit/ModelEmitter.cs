using System;
using System.Linq;
using Drip.Generators.Emit.Producers;
using Drip.Generators.Model;

namespace Drip.Generators.Emit;

/// <summary>Prints the generated part of a model: what its author uses, its schema, and its codec.</summary>
internal static class ModelEmitter
{
    public static string Emit(ModelSpec model)
    {
        var writer = new SourceWriter();
        using (writer.Around(model.Type))
        {
            Remarks(writer, model);
            var contract = model.Record is null ? $"global::Drip.IModel<{model.Type.FullName}>" : RecordEmitter.Contract(model.Type);
            using (writer.Block($"{model.Type.Declaration} : {contract}"))
            {
                Surface(writer, model);
                if (model.Error is { } error)
                {
                    Stub(writer, model, error);
                }
                else
                {
                    Schema(writer, model);
                    CodecEmitter.Emit(writer, model);
                    if (model.Record is { } record) RecordEmitter.Emit(writer, model, record);
                }
            }
        }

        return writer.ToString();
    }

    private static void Remarks(SourceWriter writer, ModelSpec model)
    {
        if (model.Error is not null) return;
        var key = string.Join(", ", model.Key.Select(ordinal => model.Columns[ordinal].Name));
        writer.Line("/// <remarks>");
        writer.Line(model.Record is null
            ? $"/// The table <c>{SourceWriter.Xml(model.Table)}</c>, walked by <c>{SourceWriter.Xml(key)}</c>:"
            : $"/// A record of its producer, known by <c>{SourceWriter.Xml(key)}</c>:");
        writer.Line("/// <code>");
        var width = model.Columns.Max(static column => column.Name.Length);
        foreach (var column in model.Columns)
        {
            var type = $"{column.Kind}{(column.IsNullable ? "?" : "")}";
            writer.Line($"/// {SourceWriter.Xml(column.Name.PadRight(width))}  {type}");
        }

        writer.Line("/// </code>");
        writer.Line("/// </remarks>");
    }

    private static void Surface(SourceWriter writer, ModelSpec model)
    {
        var scope = $"global::Drip.Scope<{model.Type.FullName}>";
        var table = SourceWriter.Xml(model.Table);
        if (model.All != MemberOffer.Leave)
        {
            writer.Line($"/// <summary>Every row of <c>{table}</c>.</summary>");
            writer.Generated();
            writer.Line($"public static {New(model.All)}{scope} All => {scope}.All;\n");
        }

        if (model.Where == MemberOffer.Leave) return;
        writer.Line($"/// <summary>The rows of <c>{table}</c> for which a condition holds; values in braces become parameters.</summary>");
        writer.Line("/// <param name=\"condition\">For example <c>$\"role IS NULL AND age &gt; {age}\"</c>.</param>");
        writer.Generated();
        writer.Line($"public static {New(model.Where)}{scope} Where(global::Drip.SqlHandler condition) => {scope}.Where(condition);\n");
    }

    private static string New(MemberOffer offer) => offer == MemberOffer.AddAsNew ? "new " : "";

    private static void Schema(SourceWriter writer, ModelSpec model)
    {
        writer.Generated();
        writer.Line("private static readonly global::Drip.ModelSchema __dripSchema = new(");
        using (writer.Indent())
        {
            writer.Line($"{SourceWriter.Literal(model.Type.Name)}, {SourceWriter.Literal(model.Table)},");
            using (writer.Block("new global::Drip.ModelColumn[]", "},"))
            {
                foreach (var column in model.Columns)
                {
                    writer.Line($"new({SourceWriter.Literal(column.Name)}, {SourceWriter.Literal(column.Member)}, "
                        + $"global::Drip.ColumnType.{column.Kind}, {SourceWriter.Literal(column.IsNullable)}),");
                }
            }

            writer.Line($"new int[] {{ {string.Join(", ", model.Key)} }}, {SourceWriter.Literal(model.IsMutable)});\n");
        }
    }

    // The same members as the codec has, so that the author's code still binds and only Drip's own error is shown.
    private static void Stub(SourceWriter writer, ModelSpec spec, string error)
    {
        var type = spec.Type;
        var self = type.FullName;
        var model = $"global::Drip.IModel<{self}>";
        var message = SourceWriter.Literal($"The model {type.Name} has errors; see {error}.");
        string[] members =
        [
            $"static global::Drip.ModelSchema {model}.Schema",
            $"static {self} {model}.Read<TReader>(ref TReader reader)",
            $"static void {model}.Write<TWriter>(ref TWriter writer, {self} row, global::Drip.ColumnSet columns)",
            $"static void {model}.WriteKey<TWriter>(ref TWriter writer, {self} row)",
            $"static global::Drip.ColumnSet {model}.Diff({self} before, {self} after)",
            $"static bool {model}.SameKey({self} left, {self} right)",
            $"static global::Drip.Key {model}.KeyOf({self} row)",
            $"static {self} {model}.Copy({self} row)",
            .. spec.Record is null ? [] : RecordEmitter.Signatures(type),
        ];
        foreach (var member in members)
        {
            writer.Line($"{member} => throw new global::System.InvalidOperationException({message});\n");
        }
    }
}
