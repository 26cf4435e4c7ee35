using System.Collections.Generic;
using System.Linq;
using Drip.Generators.Model;
using Drip.Generators.Rules;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Parsing.Producers;

/// <summary>Binds the parameters of a step by type, and checks what it returns.</summary>
internal static class StepSignature
{
    // What a step has as members of its class.
    private static readonly (string Type, string Member)[] s_members =
        [(Names.RecordStore, "Store"), (Names.RecordChanges, "Changes"), (Names.ProducerStream, "Stream")];

    public static (CallResult Result, EquatableArray<ArgumentSpec> Arguments) Read(
        IMethodSymbol method, IReadOnlyList<INamedTypeSymbol> records, RuleReport report)
    {
        if (method.IsStatic) Refuse(method, "it is static", "Remove 'static': it gets its run from its object");
        if (method.IsGenericMethod) Refuse(method, "it is generic", "Remove its type parameters");
        if (method.IsAbstract) Refuse(method, "it is abstract", "Give it a body");
        var arguments = new List<ArgumentSpec>();
        foreach (var parameter in method.Parameters)
        {
            if (parameter.Type.IsBroken()) report.Fail();
            else if (ArgumentOf(parameter, records, out var problem, out var remedy) is { } argument) arguments.Add(argument);
            else Refuse(parameter, problem, remedy);
        }

        CheckToken(method, report);
        var result = ResultParser.Parse(method, mustBeTask: false, DripRules.StepHasWrongSignature, report);
        return (result ?? CallResult.Void, arguments.ToEquatable());

        void Refuse(ISymbol symbol, string problem, string remedy) =>
            report.Report(DripRules.StepHasWrongSignature, symbol, method.Name, problem, remedy);
    }

    private static void CheckToken(IMethodSymbol method, RuleReport report)
    {
        if (!ResultParser.IsAsync(method) || method.Parameters.Any(static parameter => parameter.Type.Is(Names.CancellationToken))) return;
        report.Report(DripRules.StepAwaitsWithoutToken, method, method.Name);
    }

    private static ArgumentSpec? ArgumentOf(
        IParameterSymbol parameter, IReadOnlyList<INamedTypeSymbol> records, out string problem, out string remedy)
    {
        (problem, remedy) = ("", "");
        var type = parameter.Type;
        if (parameter.RefKind != RefKind.None || parameter.IsParams)
        {
            problem = $"its parameter '{parameter.Name}' is {(parameter.IsParams ? "params" : "passed by reference")}";
            remedy = "Pass it by value";
            return null;
        }

        if (type.Is(Names.CancellationToken)) return new ArgumentSpec(ArgumentKind.Cancellation);
        if (s_members.FirstOrDefault(member => type.Is(member.Type)).Member is { } member)
        {
            problem = $"it takes a {type.Shown()}";
            remedy = $"Use {member}, which its class has";
            return null;
        }

        if (records.Any(record => SymbolEqualityComparer.Default.Equals(record, type)))
        {
            problem = $"it takes a {type.Name}";
            remedy = $"Read it from Store, or set Each = typeof({type.Name}) on the pipeline and use Record";
            return null;
        }

        if (ServiceParser.Service(parameter) is { } service) return service;
        problem = $"its parameter '{parameter.Name}' of type {type.Shown()} is not a service";
        remedy = "Take CancellationToken or services, which are classes or interfaces";
        return null;
    }
}
