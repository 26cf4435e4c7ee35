using System.Collections.Generic;
using System.Linq;
using Drip.Generators.Model;
using Drip.Generators.Model.Producers;
using Drip.Generators.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Drip.Generators.Parsing.Producers;

/// <summary>
/// Reads how a producer is made. Where the author wrote no constructor, all are generated. An author's own constructor is called by
/// generated code if it takes <c>ProducerOptions</c>, perhaps a <c>ProducerVersion</c> or a file's path, and otherwise services.
/// </summary>
internal static class OriginParser
{
    public static OriginSpec Parse(INamedTypeSymbol type, RuleReport report)
    {
        var constructors = type.InstanceConstructors.Where(static constructor => !constructor.IsImplicitlyDeclared).ToArray();
        if (constructors.FirstOrDefault(IsPrimary) is { } primary)
        {
            report.Report(DripRules.ProducerNeedsConstructor, primary, type.Name, "a primary constructor cannot hand options to the base class",
                $"Write an ordinary one: public {type.Name}(…, ProducerOptions? options = null) : base(options)");
        }

        var usable = constructors.Select(Read).Where(static arguments => arguments.Count > 0).ToArray();
        return new OriginSpec(
            constructors.Length == 0,
            type.GetMembers("From").IsEmpty,
            Only(usable.Where(static arguments => !Takes(arguments, OriginArgument.Version) && !Takes(arguments, OriginArgument.File))),
            Only(usable.Where(static arguments => Takes(arguments, OriginArgument.Version))),
            Only(usable.Where(static arguments => Takes(arguments, OriginArgument.File))));
    }

    // Where several would do, nothing says which is meant.
    private static OriginConstructorSpec? Only(IEnumerable<EquatableArray<OriginArgumentSpec>> candidates) =>
        candidates.ToArray() is [var only] ? new OriginConstructorSpec(only) : null;

    // Empty where generated code cannot call the constructor.
    private static EquatableArray<OriginArgumentSpec> Read(IMethodSymbol constructor)
    {
        var arguments = new List<OriginArgumentSpec>();
        foreach (var parameter in constructor.Parameters)
        {
            if (Read(parameter) is not { } argument) return default;
            arguments.Add(argument);
        }

        var origins = arguments.Count(static argument => argument.Kind is OriginArgument.Version or OriginArgument.File);
        var options = arguments.Count(static argument => argument.Kind == OriginArgument.Options);
        return options == 1 && origins <= 1 ? arguments.ToEquatable() : default;
    }

    private static OriginArgumentSpec? Read(IParameterSymbol parameter)
    {
        if (parameter.RefKind != RefKind.None || parameter.IsParams) return null;
        if (parameter.Type.Is(Names.ProducerOptions)) return new OriginArgumentSpec(OriginArgument.Options);
        if (parameter.Type.Is(Names.ProducerVersion)) return new OriginArgumentSpec(OriginArgument.Version);
        if (parameter.Type.SpecialType == SpecialType.System_String) return new OriginArgumentSpec(OriginArgument.File);
        return ServiceParser.Service(parameter) is { } service ? new OriginArgumentSpec(OriginArgument.Service, service) : null;
    }

    private static bool Takes(EquatableArray<OriginArgumentSpec> arguments, OriginArgument kind) => arguments.Any(argument => argument.Kind == kind);

    private static bool IsPrimary(IMethodSymbol constructor) =>
        constructor.DeclaringSyntaxReferences.Any(static reference => reference.GetSyntax() is TypeDeclarationSyntax);
}
