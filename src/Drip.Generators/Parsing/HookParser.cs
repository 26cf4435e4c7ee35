using System;
using System.Collections.Generic;
using System.Linq;
using Drip.Generators.Model;
using Drip.Generators.Rules;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Parsing;

/// <summary>Finds the hooks of a class by their names and binds their parameters by type.</summary>
internal static class HookParser
{
    /// <summary>Reads the hooks that can be called, in the order of their places. What is wrong with others is reported.</summary>
    public static EquatableArray<HookSpec> Parse(INamedTypeSymbol type, Compilation compilation, RuleReport report)
    {
        var names = type.Lineage()
            .SelectMany(static declaring => declaring.MemberNames)
            .Where(static name => HookNames.PointOf(name) is not null)
            .Distinct(StringComparer.Ordinal);
        var hooks = new List<HookSpec>();
        foreach (var place in names.OrderBy(static name => name, StringComparer.Ordinal).ToLookup(static name => HookNames.PointOf(name)!.Value))
        {
            var methods = place.SelectMany(name => Methods.Named(type, compilation, name)).ToArray();
            foreach (var other in methods.Skip(1))
            {
                report.Report(DripRules.HookIsDefinedTwice, other, Shown(methods[0]), Shown(other));
            }

            foreach (var method in methods)
            {
                if (Bind(method, place.Key, report) is { } hook) hooks.Add(hook);
            }
        }

        return hooks.OrderBy(static hook => hook.Point).ToEquatable();
    }

    private static HookSpec? Bind(IMethodSymbol method, int point, RuleReport report)
    {
        var isAround = HookNames.IsAround(point);
        var result = ResultParser.Parse(method, mustBeTask: isAround, DripRules.HookHasWrongResult, report);
        var arguments = new List<ArgumentSpec>();
        foreach (var parameter in method.Parameters)
        {
            if (parameter.Type.IsBroken()) report.Fail();
            else if (HookArguments.Of(parameter, point, out var problem, out var remedy) is { } argument) arguments.Add(argument);
            else Refuse(parameter, problem, remedy);
        }

        if (method.IsGenericMethod) Refuse(method, "it is generic", "Remove its type parameters");
        if (isAround) CheckNext();
        return result is null || method.IsGenericMethod || arguments.Count < method.Parameters.Length
            ? null
            : new HookSpec(point, Naming.Identifier(method.Name), result.Value, arguments.ToEquatable());

        void CheckNext()
        {
            var count = method.Parameters.Count(static parameter => parameter.Type.Is(Names.HookNext));
            if (count == 0) Refuse(method, "it does not take a HookNext", "Give it a parameter of type HookNext and call that");
            if (count > 1) Refuse(method, "it takes more than one HookNext", "Keep one");
        }

        void Refuse(ISymbol symbol, string problem, string remedy) =>
            report.Report(DripRules.HookHasWrongParameters, symbol, method.Name, problem, remedy);
    }

    private static string Shown(IMethodSymbol method) =>
        $"{method.Name}({string.Join(", ", method.Parameters.Select(static parameter => parameter.Type.Shown()))})";
}
