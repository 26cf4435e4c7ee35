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
        return (ResultOf(method, DripRules.StepHasWrongSignature, report), arguments.ToEquatable());

        void Refuse(ISymbol symbol, string problem, string remedy) =>
            report.Report(DripRules.StepHasWrongSignature, symbol, method.Name, problem, remedy);
    }

    /// <summary>What a method returns that yields no value; anything else is reported.</summary>
    public static CallResult ResultOf(IMethodSymbol method, DiagnosticDescriptor rule, RuleReport report)
    {
        var type = method.ReturnType;
        if (type.IsBroken())
        {
            report.Fail();
            return CallResult.Void;
        }

        var isAsync = IsAsync(method);
        CallResult? result = method.RefKind != RefKind.None ? null : type switch
        {
            { SpecialType: SpecialType.System_Void } when !isAsync => CallResult.Void,
            _ when type.Is(Names.Task) => CallResult.Task,
            _ when type.Is(Names.ValueTask) => CallResult.ValueTask,
            _ => null,
        };
        if (result is not null) return result.Value;
        var isAsyncVoid = isAsync && type.SpecialType == SpecialType.System_Void;
        report.Report(rule, method, method.Name,
            isAsyncVoid ? "it is async and returns void, so that nothing can wait for it" : $"it returns {type.Shown()}",
            isAsync ? "Return Task or ValueTask" : "Return void, Task or ValueTask");
        return CallResult.Void;
    }

    private static void CheckToken(IMethodSymbol method, RuleReport report)
    {
        if (!IsAsync(method) || method.Parameters.Any(static parameter => parameter.Type.Is(Names.CancellationToken))) return;
        report.Report(DripRules.StepAwaitsWithoutToken, method, method.Name);
    }

    private static bool IsAsync(IMethodSymbol method) => method.IsAsync || method.PartialImplementationPart is { IsAsync: true };

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
