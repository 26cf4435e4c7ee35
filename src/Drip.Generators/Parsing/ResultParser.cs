using Drip.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Parsing;

/// <summary>Reads what a method returns that yields no value: hooks, steps, handlers and timers.</summary>
internal static class ResultParser
{
    /// <summary>What the method returns; null where it cannot be called, which is reported.</summary>
    /// <param name="method">The author's method.</param>
    /// <param name="mustBeTask">Whether it cannot return <c>void</c>.</param>
    /// <param name="rule">The rule that says so, with the method's name, the problem and the remedy.</param>
    /// <param name="report">Takes what is wrong.</param>
    public static CallResult? Parse(IMethodSymbol method, bool mustBeTask, DiagnosticDescriptor rule, RuleReport report)
    {
        var type = method.ReturnType;
        if (type.IsBroken())
        {
            report.Fail();
            return null;
        }

        var isAsync = IsAsync(method);
        CallResult? result = method.RefKind != RefKind.None ? null : type switch
        {
            { SpecialType: SpecialType.System_Void } when !mustBeTask && !isAsync => CallResult.Void,
            _ when type.Is(Names.Task) => CallResult.Task,
            _ when type.Is(Names.ValueTask) => CallResult.ValueTask,
            _ => null,
        };
        if (result is not null) return result;
        var problem = type.SpecialType == SpecialType.System_Void && isAsync
            ? "it is async and returns void, so that nothing can wait for it"
            : $"it returns {type.Shown()}";
        report.Report(rule, method, method.Name, problem,
            mustBeTask || isAsync ? "Return Task or ValueTask" : "Return void, Task or ValueTask");
        return null;
    }

    public static bool IsAsync(IMethodSymbol method) => method.IsAsync || method.PartialImplementationPart is { IsAsync: true };
}
