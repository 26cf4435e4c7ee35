using System.Collections.Generic;
using System.Linq;
using Drip.Generators.Model;
using Drip.Generators.Rules;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Parsing;

/// <summary>Reads parameters that the host's services fill.</summary>
internal static class ServiceParser
{
    /// <summary>The service that a parameter takes, or null where its type cannot be one.</summary>
    public static ArgumentSpec? Service(IParameterSymbol parameter) =>
        parameter is
        {
            RefKind: RefKind.None,
            IsParams: false,
            Type: INamedTypeSymbol
            {
                TypeKind: TypeKind.Class or TypeKind.Interface or TypeKind.Delegate,
                SpecialType: not (SpecialType.System_String or SpecialType.System_Object),
                IsStatic: false,
            } type,
        }
            ? new ArgumentSpec(
                ArgumentKind.Service, type.NotNullName(), parameter.NullableAnnotation == NullableAnnotation.Annotated)
            : null;

    /// <summary>What a backfill's constructor takes; what is wrong with it is reported.</summary>
    public static EquatableArray<ArgumentSpec> Constructor(INamedTypeSymbol type, IReadOnlyList<IPropertySymbol> options, RuleReport report) =>
        Constructor(type, options, new Wording(DripRules.BackfillNeedsOneConstructor, ", or make it an [Option]", "is not an option", "Mark it with [Option] or remove"), report);

    /// <summary>What a pipeline's constructor takes; what is wrong with it is reported.</summary>
    public static EquatableArray<ArgumentSpec> Constructor(INamedTypeSymbol pipeline, RuleReport report) =>
        Constructor(pipeline, [], new Wording(DripRules.ProducerNeedsConstructor, "", "is set by nothing", "Remove"), report);

    private static EquatableArray<ArgumentSpec> Constructor(
        INamedTypeSymbol type, IReadOnlyList<IPropertySymbol> options, Wording wording, RuleReport report)
    {
        // The compiler's own complaints about abstract and static classes come first.
        if (type.IsStatic || type.IsAbstract) return default;
        var constructors = type.InstanceConstructors.Where(Symbols.IsPublicOrInternal).ToArray();
        if (constructors.Length != 1)
        {
            Refuse(type, $"it has {constructors.Length} public or internal constructors",
                "Keep exactly one, whose parameters are services");
            return default;
        }

        CheckRequired(type, constructors[0], options, wording, report);
        var arguments = new List<ArgumentSpec>();
        foreach (var parameter in constructors[0].Parameters)
        {
            if (Service(parameter) is { } argument) arguments.Add(argument);
            else if (parameter.Type.IsBroken()) report.Fail();
            else Refuse(parameter, $"the parameter '{parameter.Name}' of its constructor is not a service", "Take a class or an interface" + wording.OrOption);
        }

        return arguments.ToEquatable();

        void Refuse(ISymbol symbol, string problem, string remedy) =>
            report.Report(wording.Rule, symbol, type.Name, problem, remedy);
    }

    private static void CheckRequired(
        INamedTypeSymbol type, IMethodSymbol constructor, IReadOnlyList<IPropertySymbol> options, Wording wording, RuleReport report)
    {
        if (constructor.Attribute(Names.SetsRequiredMembers) is not null) return;
        var required = type.Lineage()
            .SelectMany(static declaring => declaring.GetMembers())
            .FirstOrDefault(member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true }
                && !options.Any(option => option.Name == member.Name));
        if (required is null) return;
        report.Report(wording.Rule, required, type.Name,
            $"its required member '{required.Name}' {wording.NotSet}", $"{wording.SetIt} 'required'");
    }

    private sealed record Wording(DiagnosticDescriptor Rule, string OrOption, string NotSet, string SetIt);
}
