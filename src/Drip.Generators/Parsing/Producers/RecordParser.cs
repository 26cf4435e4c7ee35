using System.Collections.Generic;
using System.Linq;
using Drip.Generators.Model;
using Drip.Generators.Model.Producers;
using Drip.Generators.Rules;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Parsing.Producers;

/// <summary>Reads what a model has beyond its codec where it belongs to a producer.</summary>
internal static class RecordParser
{
    private static readonly string[] s_changeable = ["IList`1", "ICollection`1", "IDictionary`2", "ISet`1"];

    /// <summary>What is printed beyond the codec; null where the type can have none of it.</summary>
    public static RecordSpec? Parse(
        INamedTypeSymbol type, IReadOnlyList<IPropertySymbol> sources, EquatableArray<ColumnSpec> columns, IReadOnlyList<int> key, RuleReport report)
    {
        if (!type.IsRecord || type.IsValueType) Refuse(type, $"it is a {(type.IsValueType ? "struct" : "class")}", "Declare it as a record: public partial record");
        if (key.Count > 1) Refuse(type, "its id has several parts", "Keep one [Key], or make one text of the parts");
        foreach (var field in type.Lineage().SelectMany(static declaring => declaring.GetMembers()).OfType<IFieldSymbol>())
        {
            if (field is { IsStatic: false, IsReadOnly: false, IsConst: false, IsImplicitlyDeclared: false })
                Refuse(field, $"its field '{field.Name}' can be changed", "Make it readonly");
        }

        foreach (var source in sources) CheckMember(source);
        return type.IsValueType ? null : new RecordSpec(key.Count == 1 ? KindOf(columns[key[0]].Kind) : RecordKind.Number);

        void CheckMember(IPropertySymbol source)
        {
            if (source.SetMethod is { IsInitOnly: false }) Refuse(source, $"'{source.Name}' can be set", "Write 'init' instead of 'set'");
            else if (source.SetMethod is null) Refuse(source, $"'with' cannot give '{source.Name}' another value", "Give it an 'init' accessor");
            else if (IsMutable(source.Type)) Refuse(source,
                $"'{source.Name}' is of the type {source.Type.Shown()}, which can be changed in place", "Use an immutable type, for example a text, or ImmutableArray<T> with [Json]");
        }

        RecordKind KindOf(ColumnKind kind)
        {
            if (kind == ColumnKind.DateTime) Refuse(sources[key[0]], "its id is a DateTime", "Use int, long, string or Guid");
            return kind switch
            {
                ColumnKind.Text => RecordKind.Text,
                ColumnKind.Guid => RecordKind.Guid,
                _ => RecordKind.Number,
            };
        }

        void Refuse(ISymbol symbol, string problem, string remedy) =>
            report.Report(DripRules.RecordIsUnsuitable, symbol, type.Name, problem, remedy);
    }

    /// <summary>What <c>[OnConflict]</c> says of a column; a policy that its type does not have is reported.</summary>
    public static ConflictPolicy PolicyOf(IPropertySymbol source, ColumnSpec column, bool isKey, RuleReport report)
    {
        if (ModelMembers.AttributeOf(source, Names.OnConflict) is not { } attribute) return ConflictPolicy.Reject;
        if (attribute.Argument(0) is not int value || value is < 0 or > (int)ConflictPolicy.Sum) return ConflictPolicy.Reject;
        var policy = (ConflictPolicy)value;
        var (problem, remedy) = policy switch
        {
            ConflictPolicy.Reject => ("", ""),
            _ when isKey => ("it is the id, which never changes", "Remove the attribute"),
            ConflictPolicy.Max or ConflictPolicy.Min when column.Kind is ColumnKind.Bytes or ColumnKind.Json
                => ($"{source.Type.Shown()} has no order", "Use LastWriter or Reject"),
            ConflictPolicy.Sum when column.IsNullable => ("nothing can be added to null", "Use a type that is not nullable"),
            ConflictPolicy.Sum when column.EnumName is not null || !IsNumber(column.Kind)
                => ($"values of {source.Type.Shown()} cannot be added", "Use LastWriter, Max or Min"),
            _ => ("", ""),
        };
        if (problem.Length > 0) report.Report(DripRules.ConflictPolicyDoesNotFit, attribute, source, source.Name, source.ContainingType.Name, policy, problem, remedy);
        return policy;
    }

    private static bool IsNumber(ColumnKind kind) => kind is
        ColumnKind.SByte or ColumnKind.Byte or ColumnKind.Int16 or ColumnKind.UInt16 or ColumnKind.Int32 or ColumnKind.UInt32
        or ColumnKind.Int64 or ColumnKind.UInt64 or ColumnKind.Single or ColumnKind.Double or ColumnKind.Decimal or ColumnKind.Duration;

    // Arrays, and the lists and dictionaries that everybody uses. What an author's own type does inside cannot be told.
    private static bool IsMutable(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol => true,
        INamedTypeSymbol { TypeKind: TypeKind.Interface } named => s_changeable.Contains(named.MetadataName) && IsOfCollections(named),
        INamedTypeSymbol named => IsOfCollections(named),
        _ => false,
    };

    private static bool IsOfCollections(INamedTypeSymbol type) =>
        type is { IsGenericType: true, Name: not "KeyValuePair" }
        && type.ContainingNamespace.ToDisplayString() == "System.Collections.Generic";
}
