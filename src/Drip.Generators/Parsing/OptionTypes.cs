using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Drip.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Parsing;

/// <summary>The types that options can have.</summary>
internal static class OptionTypes
{
    public static OptionKind? KindOf(ITypeSymbol type) => type.WithoutNullable() switch
    {
        { TypeKind: TypeKind.Enum } => OptionKind.Enum,
        IArrayTypeSymbol { Rank: 1, ElementType.TypeKind: TypeKind.Enum } => OptionKind.EnumArray,
        { SpecialType: SpecialType.System_String } => OptionKind.Text,
        { SpecialType: SpecialType.System_Int32 } => OptionKind.Int32,
        { SpecialType: SpecialType.System_Int64 } => OptionKind.Int64,
        { SpecialType: SpecialType.System_Single } => OptionKind.Single,
        { SpecialType: SpecialType.System_Double } => OptionKind.Double,
        { SpecialType: SpecialType.System_Decimal } => OptionKind.Decimal,
        { SpecialType: SpecialType.System_Boolean } => OptionKind.Boolean,
        { SpecialType: SpecialType.System_DateTime } => OptionKind.DateTime,
        var named when named.Is(Names.DateTimeOffset) => OptionKind.DateTimeOffset,
        var named when named.Is(Names.DateOnly) => OptionKind.Date,
        var named when named.Is(Names.TimeOnly) => OptionKind.Time,
        var named when named.Is(Names.Guid) => OptionKind.Guid,
        _ => null,
    };

    /// <summary>The enum of an option that is one or an array of one.</summary>
    public static INamedTypeSymbol? EnumOf(ITypeSymbol type) => type.WithoutNullable() switch
    {
        INamedTypeSymbol { TypeKind: TypeKind.Enum } self => self,
        IArrayTypeSymbol { ElementType: INamedTypeSymbol { TypeKind: TypeKind.Enum } element } => element,
        _ => null,
    };

    public static IReadOnlyList<ChoiceSpec> ChoicesOf(INamedTypeSymbol? type) => type is null
        ? []
        : [.. type.GetMembers().OfType<IFieldSymbol>()
            .Where(static field => field.HasConstantValue)
            .Select(static field => new ChoiceSpec(field.Name, Widen(field.ConstantValue!)))];

    /// <summary>An enum's value as 64 bits, the large ones of <c>ulong</c> as they stand.</summary>
    public static long Widen(object value) =>
        value is ulong large ? unchecked((long)large) : Convert.ToInt64(value, CultureInfo.InvariantCulture);

    /// <summary>What a value of the kind is, for messages.</summary>
    public static string Expected(OptionKind kind) => kind switch
    {
        OptionKind.Text => "a text",
        OptionKind.Int32 => "an int",
        OptionKind.Int64 => "a long",
        OptionKind.Single => "a float",
        OptionKind.Double => "a double",
        OptionKind.Decimal => "a decimal",
        OptionKind.Boolean => "a bool",
        OptionKind.Date => "a date such as 2030-01-15",
        OptionKind.Time => "a time such as 22:30",
        OptionKind.DateTime => "a date and time such as 2030-01-15 22:30",
        OptionKind.DateTimeOffset => "a date and time with an offset such as 2030-01-15 22:30 +02:00",
        OptionKind.Guid => "a Guid",
        OptionKind.Enum => "a member of the enum",
        _ => "members of the enum",
    };
}
