using System.Linq;
using Drip.Generators.Model;
using Drip.Generators.Rules;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Parsing;

/// <summary>Reads one column of a model.</summary>
internal static class ColumnParser
{
    public static ColumnSpec Parse(IPropertySymbol property, Construction construction, RuleReport report)
    {
        var inner = property.Type.WithoutNullable();
        var json = ModelMembers.AttributeOf(property, Names.Json);
        var kind = json is null ? KindOf(inner) : ColumnKind.Json;
        if (json is not null) CheckContext(property, inner, json, report);
        else if (kind is null) ReportUnsupported(property, report);

        var isNullable = property.Type.CanBeNull();
        return new ColumnSpec
        {
            Name = NameOf(property),
            Member = property.Name,
            Identifier = Naming.Identifier(property.Name),
            Kind = kind ?? ColumnKind.Text,
            TypeName = property.Type.IsReferenceType && isNullable ? property.Type.NotNullName() + "?" : property.Type.FullName(),
            IsNullable = isNullable,
            IsValueType = property.Type.IsValueType,
            EnumName = json is null && inner.TypeKind == TypeKind.Enum ? inner.FullName() : null,
            JsonContext = ContextOf(json)?.FullName(),
            JsonType = json is null ? null : inner.NotNullName(),
            Parameter = construction.ParameterOf(property) is { } parameter ? Naming.Identifier(parameter.Name) : null,
        };
    }

    /// <summary>The column's name in the database.</summary>
    public static string NameOf(IPropertySymbol property)
    {
        var attribute = ModelMembers.AttributeOf(property, Names.Column) ?? ModelMembers.AttributeOf(property, Names.DataColumn);
        return attribute?.Argument(0) is string { Length: > 0 } name ? name : Naming.Snake(property.Name);
    }

    /// <summary>How values of a type travel, or null where they cannot. An enum travels as its underlying integer.</summary>
    public static ColumnKind? KindOf(ITypeSymbol type) => type switch
    {
        INamedTypeSymbol { TypeKind: TypeKind.Enum, EnumUnderlyingType: { } underlying } => KindOf(underlying),
        IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_Byte } => ColumnKind.Bytes,
        _ => KindOf(type.SpecialType) ?? KindOfName(type),
    };

    private static ColumnKind? KindOf(SpecialType type) => type switch
    {
        SpecialType.System_Boolean => ColumnKind.Boolean,
        SpecialType.System_SByte => ColumnKind.SByte,
        SpecialType.System_Byte => ColumnKind.Byte,
        SpecialType.System_Int16 => ColumnKind.Int16,
        SpecialType.System_UInt16 => ColumnKind.UInt16,
        SpecialType.System_Int32 => ColumnKind.Int32,
        SpecialType.System_UInt32 => ColumnKind.UInt32,
        SpecialType.System_Int64 => ColumnKind.Int64,
        SpecialType.System_UInt64 => ColumnKind.UInt64,
        SpecialType.System_Single => ColumnKind.Single,
        SpecialType.System_Double => ColumnKind.Double,
        SpecialType.System_Decimal => ColumnKind.Decimal,
        SpecialType.System_Char => ColumnKind.Char,
        SpecialType.System_String => ColumnKind.Text,
        SpecialType.System_DateTime => ColumnKind.DateTime,
        _ => null,
    };

    private static ColumnKind? KindOfName(ITypeSymbol type) => type switch
    {
        _ when type.Is(Names.Guid) => ColumnKind.Guid,
        _ when type.Is(Names.DateTimeOffset) => ColumnKind.DateTimeOffset,
        _ when type.Is(Names.DateOnly) => ColumnKind.Date,
        _ when type.Is(Names.TimeOnly) => ColumnKind.Time,
        _ when type.Is(Names.TimeSpan) => ColumnKind.Duration,
        _ => null,
    };

    private static void ReportUnsupported(IPropertySymbol property, RuleReport report)
    {
        if (property.Type.IsBroken()) report.Fail();
        else report.Report(DripRules.ColumnTypeIsUnsupported, property, property.Name, property.Type.Shown());
    }

    private static INamedTypeSymbol? ContextOf(AttributeData? json) => json?.Argument(0) as INamedTypeSymbol;

    private static void CheckContext(IPropertySymbol property, ITypeSymbol type, AttributeData json, RuleReport report)
    {
        if (type.IsBroken() || ContextOf(json) is not { TypeKind: not TypeKind.Error } context)
        {
            report.Fail();
            return;
        }

        if (!context.Lineage().Any(static ancestor => ancestor.Is(Names.JsonSerializerContext)))
        {
            Refuse("it does not derive from JsonSerializerContext");
        }
        else if (!context.GetAttributes().Any(attribute => attribute.AttributeClass.Is(Names.JsonSerializable)
            && SymbolEqualityComparer.Default.Equals(attribute.Argument(0) as ITypeSymbol, type)))
        {
            Refuse($"it has no [JsonSerializable] for {type.Shown()}");
        }

        void Refuse(string problem) => report.Report(
            DripRules.JsonContextDoesNotFit, json, property, property.Name, context.Name, problem,
            type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).Shown());
    }
}
