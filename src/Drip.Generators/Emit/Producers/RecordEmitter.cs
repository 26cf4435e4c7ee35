using System.Collections.Generic;
using System.Linq;
using Drip.Generators.Model;
using Drip.Generators.Model.Producers;

namespace Drip.Generators.Emit.Producers;

/// <summary>Prints the members of <c>IRecord</c>: a model's id, and how the values that two steps gave to it become one.</summary>
internal static class RecordEmitter
{
    private const string Merging = "global::Drip.Generated.FieldMerge";

    /// <summary>The interface that the model has.</summary>
    public static string Contract(TypeSpec type) => $"global::Drip.Generated.IRecord<{type.FullName}>";

    public static void Emit(SourceWriter writer, ModelSpec model, RecordSpec record)
    {
        var self = model.Type.FullName;
        var contract = Contract(model.Type);
        var id = model.Columns[model.Key[0]];
        writer.Line();
        writer.Line($"static global::Drip.RecordId {contract}.IdOf({self} record) => new global::Drip.RecordId(record.{id.Identifier});\n");
        writer.Line($"static bool {contract}.HasId({self} record) => {HasId(record.Kind, id)};\n");
        writer.Line($"static global::Drip.Generated.RecordIdKind {contract}.IdKind => global::Drip.Generated.RecordIdKind.{record.Kind};\n");
        writer.Line($"static {self} {contract}.WithId({self} record, global::Drip.RecordId id) => record with {{ {id.Identifier} = {FromId(record.Kind, id)} }};\n");
        Merge(writer, model, $"static {self} {contract}.Merge({self} current, {self} before, {self} after, global::Drip.ColumnSet columns) => ");
    }

    /// <summary>The same members without bodies.</summary>
    public static IEnumerable<string> Signatures(TypeSpec type) =>
    [
        $"static global::Drip.RecordId {Contract(type)}.IdOf({type.FullName} record)",
        $"static bool {Contract(type)}.HasId({type.FullName} record)",
        $"static global::Drip.Generated.RecordIdKind {Contract(type)}.IdKind",
        $"static {type.FullName} {Contract(type)}.WithId({type.FullName} record, global::Drip.RecordId id)",
        $"static {type.FullName} {Contract(type)}.Merge({type.FullName} current, {type.FullName} before, {type.FullName} after, global::Drip.ColumnSet columns)",
    ];

    private static string HasId(RecordKind kind, ColumnSpec id) => kind switch
    {
        RecordKind.Text => $"!string.IsNullOrEmpty(record.{id.Identifier})",
        RecordKind.Guid => $"record.{id.Identifier} != global::System.Guid.Empty",
        _ => $"record.{id.Identifier} != 0",
    };

    private static string FromId(RecordKind kind, ColumnSpec id) => kind switch
    {
        RecordKind.Text => "id.Text!",
        RecordKind.Guid => "id.Guid.GetValueOrDefault()",
        _ when id.Kind == ColumnKind.Int32 => "checked((int)id.Number)",
        _ => "id.Number",
    };

    private static void Merge(SourceWriter writer, ModelSpec model, string header)
    {
        var rest = Enumerable.Range(0, model.Columns.Count).Where(ordinal => ordinal != model.Key[0]).ToArray();
        if (rest.Length == 0)
        {
            writer.Line(header + "current;");
            return;
        }

        using (writer.Block(header + "current with", "};"))
        {
            foreach (var ordinal in rest)
            {
                var column = model.Columns[ordinal];
                writer.Line($"{column.Identifier} = columns.Contains({ordinal}) ? {Merged(column)} : current.{column.Identifier},");
            }
        }
    }

    private static string Merged(ColumnSpec column) => column.Conflict switch
    {
        ConflictPolicy.Max => IfChanged(column, Chosen(column, "Larger")),
        ConflictPolicy.Min => IfChanged(column, Chosen(column, "Smaller")),
        ConflictPolicy.Sum => Sum(column),
        _ => $"after.{column.Identifier}",
    };

    // Where nobody else changed the value, the step's own stays, whichever way it went.
    private static string IfChanged(ColumnSpec column, string chosen) =>
        $"(current.{column.Identifier} == before.{column.Identifier} ? after.{column.Identifier} : {chosen})";

    private static string Chosen(ColumnSpec column, string which)
    {
        var (current, after) = ($"current.{column.Identifier}", $"after.{column.Identifier}");
        if (column.EnumName is { } name)
        {
            var mark = column.IsNullable ? "?" : "";
            var number = (column.Kind == ColumnKind.UInt64 ? "ulong" : "long") + mark;
            return $"({name}{mark}){Merging}.{which}(({number}){current}, ({number}){after})";
        }

        var method = column is { Kind: ColumnKind.Text, IsNullable: true } ? which + "OrNull" : which;
        return $"{Merging}.{method}({current}, {after})";
    }

    // Wide enough for every sum of three, so that only a result that does not fit is an overflow.
    private static string Sum(ColumnSpec column)
    {
        var (current, before, after) = ($"current.{column.Identifier}", $"before.{column.Identifier}", $"after.{column.Identifier}");
        return column.Kind is ColumnKind.Single or ColumnKind.Double or ColumnKind.Decimal or ColumnKind.Duration
            ? $"{current} + ({after} - {before})"
            : $"checked(({column.TypeName})((global::System.Int128){current} + {after} - {before}))";
    }
}
