using System.Collections.Generic;
using System.Linq;
using Drip.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Drip.Generators.Parsing;

/// <summary>Reads where a type is declared, and whether generated code can add to it.</summary>
internal static class TypeParser
{
    /// <summary>Reads a type; null if no part can be added to it, which is then reported.</summary>
    public static TypeSpec? Parse(INamedTypeSymbol type, DiagnosticDescriptor notPartial, DiagnosticDescriptor generic, RuleReport report)
    {
        var canExtend = true;
        for (var current = type; current is not null; current = current.ContainingType)
        {
            canExtend &= CheckOnly(current, notPartial, generic, report);
        }

        return canExtend ? Describe(type) : null;
    }

    /// <summary>Whether generated code can add to the type, as far as its own declaration goes; reported if not.</summary>
    public static bool CheckOnly(INamedTypeSymbol type, DiagnosticDescriptor notPartial, DiagnosticDescriptor generic, RuleReport report)
    {
        if (!IsPartial(type)) report.Report(notPartial, type, type.Name);
        if (type.TypeParameters.Length > 0) report.Report(generic, type, type.Name);
        return IsPartial(type) && type.TypeParameters.Length == 0;
    }

    /// <summary>Whether generated code can add to the type.</summary>
    public static bool CanExtend(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.ContainingType)
        {
            if (!IsPartial(current) || current.TypeParameters.Length > 0) return false;
        }

        return true;
    }

    private static TypeSpec Describe(INamedTypeSymbol type)
    {
        var containers = new List<string>();
        var path = type.MetadataName;
        for (var outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            containers.Insert(0, Declaration(outer));
            // A minus cannot be part of an identifier, so that no other type has the same path.
            path = outer.MetadataName + "-" + path;
        }

        var space = type.ContainingNamespace;
        var isGlobal = space.IsGlobalNamespace;
        return new TypeSpec(
            isGlobal ? null : space.ToDisplayString(),
            containers.ToEquatable(),
            Declaration(type),
            type.Name,
            type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            HintNames.Of(isGlobal ? path : string.Join(".", NamesOf(space)) + "." + path));
    }

    // A file-local type cannot have a part in a generated file.
    private static bool IsPartial(INamedTypeSymbol type) =>
        !type.IsFileLocal
        && type.DeclaringSyntaxReferences.Length > 0
        && type.DeclaringSyntaxReferences.All(static reference =>
            reference.GetSyntax() is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    /// <summary>What another part of the type begins with, for example <c>partial record struct Point</c>.</summary>
    public static string Declaration(INamedTypeSymbol type)
    {
        var keyword = type switch
        {
            { IsRecord: true, TypeKind: TypeKind.Struct } => "record struct",
            { IsRecord: true } => "record",
            { TypeKind: TypeKind.Struct } => "struct",
            { TypeKind: TypeKind.Interface } => "interface",
            _ => "class",
        };
        return $"partial {keyword} {Naming.Identifier(type.Name)}";
    }

    private static IEnumerable<string> NamesOf(INamespaceSymbol space) =>
        space.IsGlobalNamespace ? [] : NamesOf(space.ContainingNamespace).Append(space.Name);
}
