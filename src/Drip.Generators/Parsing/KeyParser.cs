using System;
using System.Collections.Generic;
using System.Linq;
using Drip.Generators.Model;
using Drip.Generators.Rules;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Parsing;

/// <summary>Finds the key of a model: the members with <c>[Key]</c>, else the one named <c>Id</c>.</summary>
internal static class KeyParser
{
    /// <summary>The ordinals of the key's columns, in key order.</summary>
    public static int[] Parse(INamedTypeSymbol type, IReadOnlyList<IPropertySymbol> columns, RuleReport report)
    {
        var parts = Marked(columns);
        if (parts.Count == 0 && ById(columns) is { } id) parts.Add((0, id));
        if (parts.Count == 0)
        {
            report.Report(DripRules.ModelHasNoKey, type, type.Name);
            return [];
        }

        parts.Sort(static (left, right) => left.Order != right.Order ? left.Order - right.Order : left.Ordinal - right.Ordinal);
        if (parts.Where(static (part, place) => part.Order != place).Any())
        {
            report.Report(DripRules.KeyOrderHasGaps, type, type.Name, string.Join(", ", parts.Select(static part => part.Order)));
        }

        foreach (var (_, ordinal) in parts) CheckType(columns[ordinal], report);
        return [.. parts.Select(static part => part.Ordinal)];
    }

    private static List<(int Order, int Ordinal)> Marked(IReadOnlyList<IPropertySymbol> columns)
    {
        var parts = new List<(int, int)>();
        for (var ordinal = 0; ordinal < columns.Count; ordinal++)
        {
            if (ModelMembers.AttributeOf(columns[ordinal], Names.Key) is { } key) parts.Add((key.Argument(0) as int? ?? 0, ordinal));
            else if (ModelMembers.AttributeOf(columns[ordinal], Names.DataKey) is not null) parts.Add((0, ordinal));
        }

        return parts;
    }

    private static int? ById(IReadOnlyList<IPropertySymbol> columns)
    {
        for (var ordinal = 0; ordinal < columns.Count; ordinal++)
        {
            if (columns[ordinal].Name.Equals("Id", StringComparison.OrdinalIgnoreCase)) return ordinal;
        }

        return null;
    }

    private static void CheckType(IPropertySymbol property, RuleReport report)
    {
        if (property.Type.IsBroken())
        {
            report.Fail();
            return;
        }

        var isSupported = ModelMembers.AttributeOf(property, Names.Json) is null
            && property.NullableAnnotation != NullableAnnotation.Annotated
            && property.Type.TypeKind != TypeKind.Enum
            && ColumnParser.KindOf(property.Type)
                is ColumnKind.Int32 or ColumnKind.Int64 or ColumnKind.Text or ColumnKind.Guid or ColumnKind.DateTime;
        if (!isSupported) report.Report(DripRules.KeyTypeIsUnsupported, property, property.Name, property.Type.Shown());
    }
}
