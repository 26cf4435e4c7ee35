using System;
using System.Collections.Generic;
using System.Linq;
using Drip.Generators.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Drip.Generators.Parsing;

/// <summary>
/// How a row is made: a record through its primary constructor, everything else through a constructor without parameters
/// or through the one whose parameters are columns; the columns that are left are set by initializer.
/// </summary>
internal sealed class Construction(IReadOnlyDictionary<string, IParameterSymbol> parameters)
{
    /// <summary>The parameter that takes a property's value, or null.</summary>
    public IParameterSymbol? ParameterOf(IPropertySymbol property) =>
        parameters.TryGetValue(property.Name, out var parameter) ? parameter : null;

    /// <summary>The properties that are columns: the constructor's in its order, then those that can be set.</summary>
    public IReadOnlyList<IPropertySymbol> Columns(ModelMembers members) =>
    [
        .. members.Properties
            .Where(property => ParameterOf(property) is not null)
            .OrderBy(property => ParameterOf(property)!.Ordinal),
        .. members.Properties.Where(property => ParameterOf(property) is null && members.CanSet(property)),
    ];
}

internal static class ConstructionParser
{
    private static readonly Dictionary<string, IParameterSymbol> s_none = [];

    public static Construction Parse(INamedTypeSymbol type, ModelMembers members, RuleReport report)
    {
        if (Unmakeable(type) is { } reason)
        {
            report.Report(DripRules.ModelCannotBeConstructed, type, type.Name, $"it is {reason}");
            return new Construction(s_none);
        }

        var construction = new Construction(s_none);
        var constructor = Choose(type, members, report, ref construction);
        if (constructor is not null) CheckRequired(type, constructor, construction, members, report);
        return construction;
    }

    /// <summary>A record's primary constructor, or null.</summary>
    public static IMethodSymbol? PrimaryOf(INamedTypeSymbol type) =>
        type.InstanceConstructors.FirstOrDefault(constructor => type.DeclaringSyntaxReferences.Length == 0
            ? IsDeconstructed(constructor)
            : constructor.DeclaringSyntaxReferences.Any(static reference => reference.GetSyntax() is RecordDeclarationSyntax));

    // In another assembly nothing marks the primary constructor, but only it has a Deconstruct with the same parameters.
    private static bool IsDeconstructed(IMethodSymbol constructor) =>
        constructor.Parameters.Length > 0
        && constructor.ContainingType.GetMembers("Deconstruct").OfType<IMethodSymbol>().Any(method =>
            method.Parameters.Select(static parameter => (parameter.Name, Type: parameter.Type.ToDisplayString()))
                .SequenceEqual(constructor.Parameters.Select(static parameter => (parameter.Name, Type: parameter.Type.ToDisplayString()))));

    private static string? Unmakeable(INamedTypeSymbol type) => type switch
    {
        { IsStatic: true } => "static",
        { IsRefLikeType: true } => "a ref struct",
        { IsAbstract: true } => "abstract",
        _ => null,
    };

    private static IMethodSymbol? Choose(
        INamedTypeSymbol type, ModelMembers members, RuleReport report, ref Construction construction)
    {
        if (type.IsRecord && PrimaryOf(type) is { Parameters.Length: > 0 } primary)
        {
            if (!TryMatch(primary, members, StringComparison.Ordinal, out construction, out var missing))
            {
                report.Report(DripRules.ModelCannotBeConstructed, type, type.Name,
                    $"the parameter '{missing}' of its constructor is not a column");
            }

            return primary;
        }

        var constructors = type.InstanceConstructors.Where(Symbols.IsPublicOrInternal).ToArray();
        var empty = constructors.FirstOrDefault(static constructor => constructor.Parameters.Length == 0);
        if (empty is not null) return empty;

        IMethodSymbol? found = null;
        foreach (var constructor in constructors)
        {
            if (!TryMatch(constructor, members, StringComparison.OrdinalIgnoreCase, out var candidate, out _)) continue;
            if (found is not null)
            {
                report.Report(DripRules.ModelCannotBeConstructed, type, type.Name, "several of its constructors would fit");
                return null;
            }

            (found, construction) = (constructor, candidate);
        }

        if (found is null)
        {
            report.Report(DripRules.ModelCannotBeConstructed, type, type.Name,
                "none of its constructors has only parameters that are columns");
        }

        return found;
    }

    private static bool TryMatch(
        IMethodSymbol constructor, ModelMembers members, StringComparison comparison, out Construction construction, out string missing)
    {
        var parameters = new Dictionary<string, IParameterSymbol>(StringComparer.Ordinal);
        missing = "";
        foreach (var parameter in constructor.Parameters)
        {
            var property = parameter.RefKind is RefKind.None or RefKind.In
                ? members.Properties.FirstOrDefault(candidate =>
                    candidate.Name.Equals(parameter.Name, comparison)
                    && SymbolEqualityComparer.Default.Equals(candidate.Type, parameter.Type))
                : null;
            if (property is not null) parameters[property.Name] = parameter;
            else if (!parameter.IsOptional) missing = parameter.Name;
        }

        construction = new Construction(parameters);
        return missing.Length == 0;
    }

    private static void CheckRequired(
        INamedTypeSymbol type, IMethodSymbol constructor, Construction construction, ModelMembers members, RuleReport report)
    {
        if (constructor.Attribute(Names.SetsRequiredMembers) is not null) return;
        var settable = new HashSet<string>(construction.Columns(members).Select(static column => column.Name));
        var required = type.Lineage()
            .SelectMany(static declaring => declaring.GetMembers())
            .FirstOrDefault(member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true }
                && !settable.Contains(member.Name));
        if (required is null) return;
        report.Report(DripRules.ModelCannotBeConstructed, type, type.Name, $"its required member '{required.Name}' is not a column");
    }
}
