using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Drip.Generators.Model;
using Drip.Generators.Rules;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Parsing;

/// <summary>The options of a job: the author's properties, and what is printed for them.</summary>
internal sealed record OptionsFound(IReadOnlyList<IPropertySymbol> Members, EquatableArray<OptionSpec> Specs);

/// <summary>Reads the properties with <c>[Option]</c>.</summary>
internal static class OptionParser
{
    private static readonly string[] s_flagsOfRun =
    [
        "batch-size", "limit", "sleep", "partitions", "rate", "at", "zone", "dry-run", "detach", "json", "help", "version", "queue",
    ];

    public static OptionsFound Parse(
        INamedTypeSymbol type, Compilation compilation, RuleReport report, CancellationToken cancellationToken)
    {
        var members = Members(type);
        var specs = new List<OptionSpec>();
        var owners = s_flagsOfRun.ToDictionary(static flag => flag, static flag => $"the flag --{flag} of run", StringComparer.Ordinal);
        foreach (var member in members)
        {
            cancellationToken.ThrowIfCancellationRequested();
            CheckSetter(member, type, compilation, report);
            if (Read(member, compilation, report) is not { } option) continue;
            if (owners.TryGetValue(option.Name, out var owner))
            {
                report.Report(DripRules.OptionNameIsTaken, member, option.Name, member.Name, owner);
            }
            else
            {
                owners.Add(option.Name, $"the option '{member.Name}'");
            }

            specs.Add(option);
        }

        return new OptionsFound(members, specs.ToEquatable());
    }

    private static List<IPropertySymbol> Members(INamedTypeSymbol type)
    {
        var members = new List<IPropertySymbol>();
        foreach (var property in type.Lineage().Reverse().SelectMany(static declaring => declaring.GetMembers().OfType<IPropertySymbol>()))
        {
            members.RemoveAll(inherited => inherited.Name == property.Name);
            if (property.Attribute(Names.Option) is not null) members.Add(property);
        }

        return members;
    }

    private static void CheckSetter(IPropertySymbol property, INamedTypeSymbol type, Compilation compilation, RuleReport report)
    {
        var problem = property switch
        {
            { IsStatic: true } => "it is static",
            { IsIndexer: true } => "it is an indexer",
            { ExplicitInterfaceImplementations.Length: > 0 } => "it implements an interface explicitly",
            { SetMethod: null } => "it has no set accessor",
            { SetMethod.DeclaredAccessibility: Accessibility.Private } => "its set accessor is private",
            { SetMethod.IsInitOnly: true, IsRequired: false } => "it has an init accessor and is not required",
            _ when !compilation.IsSymbolAccessibleWithin(property.SetMethod!, type) => "its set accessor is not accessible",
            _ => null,
        };
        if (problem is not null) report.Report(DripRules.OptionCannotBeSet, property, property.Name, problem);
    }

    private static OptionSpec? Read(IPropertySymbol property, Compilation compilation, RuleReport report)
    {
        if (OptionTypes.KindOf(property.Type) is not { } kind)
        {
            if (property.Type.IsBroken()) report.Fail();
            else report.Report(DripRules.OptionTypeIsUnsupported, property, property.Name, property.Type.Shown());
            return null;
        }

        var attribute = property.Attribute(Names.Option)!;
        var display = property.Attribute(Names.Display);
        var label = attribute.Named("Label") as string ?? display?.Named("Name") as string ?? Naming.Label(property.Name);
        var enumType = OptionTypes.EnumOf(property.Type);
        var choices = OptionTypes.ChoicesOf(enumType);
        var validation = ValidationParser.Parse(property, kind, label, choices, report);
        var declared = new OptionDefault(property, kind, choices, validation.Limits, report).Read(compilation);
        var isNullable = property.Type.CanBeNull();
        return new OptionSpec
        {
            Name = NameOf(property, attribute, report),
            Label = label,
            Kind = kind,
            Identifier = Naming.Identifier(property.Name),
            TypeName = property.Type.IsReferenceType && isNullable ? property.Type.NotNullName() + "?" : property.Type.FullName(),
            EnumName = enumType?.FullName(),
            IsNullable = isNullable,
            IsInitialized = property.IsRequired,
            IsRequired = property.IsRequired || validation.IsRequired,
            IsSecret = attribute.Named("Secret") is true,
            Description = attribute.Named("Description") as string
                ?? display?.Named("Description") as string
                ?? property.Attribute(Names.Description)?.Argument(0) as string,
            Default = declared.Text,
            DefaultIsOwn = declared.IsOwn,
            Limits = validation.Limits,
            Choices = validation.Choices,
        };
    }

    private static string NameOf(IPropertySymbol property, AttributeData attribute, RuleReport report)
    {
        var name = attribute.Named("Name") as string ?? Naming.Kebab(property.Name);
        if (!Naming.IsKebab(name))
        {
            report.Report(DripRules.BackfillSettingIsInvalid, attribute, property, "option name", name, property.Name,
                "Use small letters and digits in words joined by minus signs, for example 'active-only'");
        }

        return name;
    }
}
