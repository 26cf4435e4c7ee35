using System.Threading;
using Drip.Generators.Model;
using Drip.Generators.Rules;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Parsing;

/// <summary>Reads a class with <c>[HookHandler]</c>.</summary>
internal static class HookHandlerParser
{
    /// <summary>Reads the handler; null if nothing can be generated for it. What is wrong goes to the sink, if there is one.</summary>
    public static HookHandlerSpec? Parse(INamedTypeSymbol type, Compilation compilation, IRuleSink? sink, CancellationToken cancellationToken)
    {
        if (type.IsUnnamed() || type.Attribute(Names.HookHandler) is null) return null;
        var report = new RuleReport(sink);
        var place = TypeParser.Parse(type, DripRules.HookHandlerIsNotPartial, DripRules.HookHandlerIsGeneric, report);
        if (!type.IsStatic) report.Report(DripRules.HookHandlerCannotBeCalled, type, type.Name, "not static");
        else if (!type.IsFileLocal && !type.IsVisibleInAssembly()) report.Report(DripRules.HookHandlerCannotBeCalled, type, type.Name, "private");
        cancellationToken.ThrowIfCancellationRequested();

        var hooks = HookParser.Parse(type, compilation, report);
        return place is null || report.Error is not null ? null : new HookHandlerSpec(place, type.ToDisplayString(), hooks);
    }
}
