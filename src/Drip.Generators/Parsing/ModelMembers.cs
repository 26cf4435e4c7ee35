using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Parsing;

/// <summary>The public properties of a model that could be columns, those of base classes first.</summary>
internal sealed class ModelMembers
{
    private readonly Compilation _compilation;
    private readonly INamedTypeSymbol _type;

    private ModelMembers(INamedTypeSymbol type, Compilation compilation, List<IPropertySymbol> properties)
    {
        _type = type;
        _compilation = compilation;
        Properties = properties;
    }

    /// <summary>Every public instance property that can be read and is mapped.</summary>
    public IReadOnlyList<IPropertySymbol> Properties { get; }

    public static ModelMembers Of(INamedTypeSymbol type, Compilation compilation)
    {
        var properties = new List<IPropertySymbol>();
        foreach (var declaring in type.Lineage().Reverse())
        {
            foreach (var property in declaring.GetMembers().OfType<IPropertySymbol>())
            {
                if (property.IsStatic || property.IsIndexer || property.DeclaredAccessibility != Accessibility.Public) continue;
                // An override or a new member takes the place of the one it replaces.
                var replaced = properties.FindIndex(candidate => candidate.Name == property.Name);
                if (replaced >= 0) properties[replaced] = property;
                else properties.Add(property);
            }
        }

        properties.RemoveAll(static property =>
            property.GetMethod is not { DeclaredAccessibility: Accessibility.Public } || IsNotMapped(property));
        return new ModelMembers(type, compilation, properties);
    }

    /// <summary>Whether generated code can set the property in an object initializer.</summary>
    public bool CanSet(IPropertySymbol property) =>
        property.SetMethod is { } setter && _compilation.IsSymbolAccessibleWithin(setter, _type);

    /// <summary>The parameter of the primary constructor that a record's property is made of, if any.</summary>
    public static IParameterSymbol? PositionOf(IPropertySymbol property) =>
        property.ContainingType is { IsRecord: true } record && ConstructionParser.PrimaryOf(record) is { } primary
            ? primary.Parameters.FirstOrDefault(parameter => parameter.Name == property.Name)
            : null;

    /// <summary>An attribute of the property or of its positional parameter.</summary>
    public static AttributeData? AttributeOf(IPropertySymbol property, string metadataName) =>
        property.Attribute(metadataName) ?? PositionOf(property)?.Attribute(metadataName);

    private static bool IsNotMapped(IPropertySymbol property) => AttributeOf(property, Names.NotMapped) is not null;
}
