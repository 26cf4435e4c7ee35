using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Parsing;

/// <summary>Questions about symbols that every parser asks.</summary>
internal static class Symbols
{
    private static readonly SymbolDisplayFormat s_withNullability = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>The type as generated code names it, its own nullability included.</summary>
    public static string FullName(this ITypeSymbol type) => type.ToDisplayString(s_withNullability);

    /// <summary>The type as generated code names it where it may not be null.</summary>
    public static string NotNullName(this ITypeSymbol type) =>
        type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(s_withNullability);

    /// <summary>The type as people write it in a message.</summary>
    public static string Shown(this ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier));

    /// <summary>Whether this is the type with this metadata name, whatever its type arguments.</summary>
    public static bool Is(this ITypeSymbol? type, string metadataName)
    {
        if (type is not INamedTypeSymbol { ContainingType: null }) return false;
        var end = metadataName.LastIndexOf('.');
        if (!metadataName.AsSpan(end + 1).SequenceEqual(type.MetadataName.AsSpan())) return false;
        for (var space = type.ContainingNamespace; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
        {
            if (end < 0) return false;
            var start = metadataName.LastIndexOf('.', end - 1);
            if (!metadataName.AsSpan(start + 1, end - start - 1).SequenceEqual(space.Name.AsSpan())) return false;
            end = start;
        }

        return end < 0;
    }

    public static AttributeData? Attribute(this ISymbol symbol, string metadataName)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass.Is(metadataName)) return attribute;
        }

        return null;
    }

    /// <summary>The value of a named argument, or null.</summary>
    public static object? Named(this AttributeData attribute, string name)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument.Key == name && argument.Value.Kind != TypedConstantKind.Array) return argument.Value.Value;
        }

        return null;
    }

    /// <summary>The texts of a named argument that is a list, or null where it is not given; a text that is in error is null.</summary>
    public static IReadOnlyList<string?>? NamedList(this AttributeData attribute, string name)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument.Key == name && argument.Value is { Kind: TypedConstantKind.Array, IsNull: false } list)
                return [.. list.Values.Select(static item => item.Value as string)];
        }

        return null;
    }

    /// <summary>The value of a constructor's argument, or null.</summary>
    public static object? Argument(this AttributeData attribute, int index) =>
        index < attribute.ConstructorArguments.Length && attribute.ConstructorArguments[index].Kind != TypedConstantKind.Array
            ? attribute.ConstructorArguments[index].Value
            : null;

    /// <summary>The type and its base types, most derived first, without <see cref="object"/>.</summary>
    public static IEnumerable<INamedTypeSymbol> Lineage(this INamedTypeSymbol type)
    {
        for (var current = type; current is { SpecialType: not SpecialType.System_Object }; current = current.BaseType)
        {
            yield return current;
        }
    }

    /// <summary>Whether the type, or a type in its arguments or elements, does not exist: the compiler says so already.</summary>
    public static bool IsBroken(this ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Error } => true,
        IArrayTypeSymbol array => array.ElementType.IsBroken(),
        INamedTypeSymbol { IsGenericType: true } named => named.TypeArguments.Any(IsBroken),
        _ => false,
    };

    /// <summary>Whether the type's name has not been typed yet, or one around it.</summary>
    public static bool IsUnnamed(this INamedTypeSymbol type) =>
        type.Name.Length == 0 || (type.ContainingType is { } outer && outer.IsUnnamed());

    /// <summary>The type that may be null, or the type itself.</summary>
    public static ITypeSymbol WithoutNullable(this ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? nullable.TypeArguments[0]
            : type;

    /// <summary>Whether a value of the type can be null; a reference of code without nullability can.</summary>
    public static bool CanBeNull(this ITypeSymbol type) =>
        type.IsReferenceType
            ? type.NullableAnnotation != NullableAnnotation.NotAnnotated
            : type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;

    /// <summary>Whether code elsewhere in the assembly can name the type.</summary>
    public static bool IsVisibleInAssembly(this INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.ContainingType)
        {
            if (current.IsFileLocal || !IsPublicOrInternal(current)) return false;
        }

        return true;
    }

    public static bool IsPublicOrInternal(this ISymbol symbol) => symbol.DeclaredAccessibility
        is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal;
}
