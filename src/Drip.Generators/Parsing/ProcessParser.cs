using System.Collections.Generic;
using System.Linq;
using Drip.Generators.Model;
using Drip.Generators.Rules;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Parsing;

/// <summary>Finds the author's method that processes rows and binds its parameters by type.</summary>
internal static class ProcessParser
{
    private static readonly string[] s_batchNames = ["ProcessBatch", "ProcessBatchAsync"];
    private static readonly string[] s_elementNames = ["ProcessElement", "ProcessElementAsync"];

    /// <summary>Reads the method; null where there is none to call. Without a model only the number of methods is checked.</summary>
    public static ProcessSpec? Parse(INamedTypeSymbol type, INamedTypeSymbol? row, Compilation compilation, RuleReport report)
    {
        var methods = s_batchNames.Concat(s_elementNames).SelectMany(name => Methods.Named(type, compilation, name)).ToArray();
        if (methods.Length == 0)
        {
            report.Report(DripRules.BackfillHasNoProcessMethod, type, type.Name);
            return null;
        }

        if (methods.Length > 1)
        {
            var names = string.Join(", ", methods.Select(static method => method.Name).Distinct());
            report.Report(DripRules.BackfillHasSeveralProcessMethods, type, type.Name, names);
            return null;
        }

        return row is null ? null : Bind(methods[0], row, report);
    }

    private static ProcessSpec? Bind(IMethodSymbol method, INamedTypeSymbol row, RuleReport report)
    {
        var isElementWise = s_elementNames.Contains(method.Name);
        if (method.IsGenericMethod)
        {
            Refuse(method, "it is generic", "Remove its type parameters");
            return null;
        }

        var result = ResultOf(method.ReturnType);
        if (method.ReturnType.IsBroken())
        {
            report.Fail();
        }
        else if (method.RefKind != RefKind.None || result is null || (isElementWise && ReturnsNumber(result.Value)))
        {
            result = null;
            Refuse(method, $"it returns {method.ReturnType.Shown()}", isElementWise
                ? "Return void, Task or ValueTask"
                : "Return void, int, Task, Task<int>, ValueTask or ValueTask<int>");
        }

        var arguments = new List<ArgumentSpec>();
        foreach (var parameter in method.Parameters)
        {
            if (Bind(parameter, row, isElementWise) is { } argument) arguments.Add(argument);
        }

        CheckSubject(arguments);
        return result is null || report.Error is not null
            ? null
            : new ProcessSpec(Naming.Identifier(method.Name), isElementWise, result.Value, arguments.ToEquatable());

        ArgumentSpec? Bind(IParameterSymbol parameter, INamedTypeSymbol model, bool isElement)
        {
            if (parameter.Type.IsBroken())
            {
                report.Fail();
                return null;
            }

            var argument = ArgumentOf(parameter, model, isElement, out var problem, out var remedy);
            if (argument is null) Refuse(parameter, problem, remedy);
            return argument;
        }

        void CheckSubject(List<ArgumentSpec> bound)
        {
            var kind = isElementWise ? ArgumentKind.Row : ArgumentKind.Batch;
            var subject = isElementWise ? row.Name : $"Batch<{row.Name}>";
            var count = bound.Count(argument => argument.Kind == kind);
            // A parameter that is wrong has been named already.
            if (count == 1 || (count == 0 && bound.Count < method.Parameters.Length)) return;
            Refuse(method, count == 0 ? $"it does not take a {subject}" : $"it takes more than one {subject}",
                $"Give it one parameter of type {subject}");
        }

        void Refuse(ISymbol symbol, string problem, string remedy) =>
            report.Report(DripRules.ProcessMethodHasWrongSignature, symbol, method.Name, problem, remedy);
    }

    private static ArgumentSpec? ArgumentOf(
        IParameterSymbol parameter, INamedTypeSymbol row, bool isElementWise, out string problem, out string remedy)
    {
        (problem, remedy) = ("", "");
        if (parameter.RefKind != RefKind.None || parameter.IsParams)
        {
            problem = $"its parameter '{parameter.Name}' is {(parameter.IsParams ? "params" : "passed by reference")}";
            remedy = "Pass it by value";
            return null;
        }

        var type = parameter.Type;
        if (SymbolEqualityComparer.Default.Equals(type, row))
        {
            if (isElementWise) return new ArgumentSpec(ArgumentKind.Row);
            problem = $"it takes a single {row.Name}";
            remedy = $"Take a Batch<{row.Name}>, or call it ProcessElement";
            return null;
        }

        if (type.Is(Names.CancellationToken)) return new ArgumentSpec(ArgumentKind.Cancellation);
        if (type.Is(Names.BatchContext)) return new ArgumentSpec(ArgumentKind.Context);
        if (type.Is(Names.Changes)) return ChangesOf((INamedTypeSymbol)type, row, out problem, out remedy);
        if (type.Is(Names.Batch))
        {
            var isOfRow = SymbolEqualityComparer.Default.Equals(((INamedTypeSymbol)type).TypeArguments[0], row);
            if (isOfRow && !isElementWise) return new ArgumentSpec(ArgumentKind.Batch);
            problem = isOfRow ? $"it takes a {type.Shown()}" : $"it takes a {type.Shown()}, but the scope yields {row.Name}";
            remedy = isElementWise ? $"Take a {row.Name}, or call it ProcessBatch" : $"Take a Batch<{row.Name}>";
            return null;
        }

        if (type is INamedTypeSymbol other && other.Attribute(Names.Model) is not null)
        {
            problem = $"it takes a {other.Name}, but the scope yields {row.Name}";
            remedy = isElementWise ? $"Take a {row.Name}" : $"Take a Batch<{row.Name}>";
            return null;
        }

        if (ServiceParser.Service(parameter) is { } service) return service;
        problem = $"its parameter '{parameter.Name}' of type {type.Shown()} is not a service";
        remedy = "Take the row or the batch, Changes<T>, BatchContext, CancellationToken or services, which are classes or interfaces";
        return null;
    }

    private static ArgumentSpec? ChangesOf(INamedTypeSymbol changes, INamedTypeSymbol row, out string problem, out string remedy)
    {
        (problem, remedy) = ("", "");
        var model = changes.TypeArguments[0];
        if (SymbolEqualityComparer.Default.Equals(model, row)) return new ArgumentSpec(ArgumentKind.Changes);
        if (model is INamedTypeSymbol named && ModelParser.IsModel(named))
        {
            return new ArgumentSpec(ArgumentKind.ChangesOfOther, model.NotNullName());
        }

        problem = $"it takes {changes.Shown()}, but {model.Shown()} is not a [Model]";
        remedy = "Take the changes of a [Model]";
        return null;
    }

    private static ProcessResult? ResultOf(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_Void } => ProcessResult.Void,
        { SpecialType: SpecialType.System_Int32 } => ProcessResult.Int,
        _ when type.Is(Names.Task) => ProcessResult.Task,
        _ when type.Is(Names.ValueTask) => ProcessResult.ValueTask,
        _ when type.Is(Names.TaskOf) && YieldsInt(type) => ProcessResult.TaskOfInt,
        _ when type.Is(Names.ValueTaskOf) && YieldsInt(type) => ProcessResult.ValueTaskOfInt,
        _ => null,
    };

    private static bool YieldsInt(ITypeSymbol type) =>
        ((INamedTypeSymbol)type).TypeArguments[0].SpecialType == SpecialType.System_Int32;

    private static bool ReturnsNumber(ProcessResult result) =>
        result is ProcessResult.Int or ProcessResult.TaskOfInt or ProcessResult.ValueTaskOfInt;
}
