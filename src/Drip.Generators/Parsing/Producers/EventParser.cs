using System.Collections.Generic;
using System.Linq;
using Drip.Generators.Model;
using Drip.Generators.Model.Producers;
using Drip.Generators.Rules;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Parsing.Producers;

/// <summary>Reads the methods of a producer with <c>[On]</c> and <c>[Every]</c>.</summary>
internal static class EventParser
{
    public static (EquatableArray<HandlerMethodSpec> Handlers, EquatableArray<TimerSpec> Timers) Parse(INamedTypeSymbol producer, RuleReport report)
    {
        var handlers = new List<HandlerMethodSpec>();
        var timers = new List<TimerSpec>();
        foreach (var method in producer.GetMembers().OfType<IMethodSymbol>().Where(static method => method.MethodKind == MethodKind.Ordinary).InWrittenOrder())
        {
            if (method.Attribute(Names.On) is { } on && Handler(method, on, report) is { } handler) handlers.Add(handler);
            if (method.Attribute(Names.Every) is { } every && Timer(method, every, report) is { } timer) timers.Add(timer);
        }

        return (handlers.ToEquatable(), timers.ToEquatable());
    }

    private static HandlerMethodSpec? Handler(IMethodSymbol method, AttributeData attribute, RuleReport report)
    {
        var result = Check(method, report);
        var named = attribute.Argument(0) as ITypeSymbol;
        if (method.Parameters.Any(static parameter => parameter.Type.IsBroken()) || named?.IsBroken() == true)
        {
            report.Fail();
            return null;
        }

        var parameter = method.Parameters.FirstOrDefault();
        if (method.Parameters.Length > 1) Refuse(method, "it takes more than the event", "Keep one parameter");
        else if (parameter is null && named is null) Refuse(method, "nothing says which events it takes", "Give it a parameter of the event's type, or name the type: [On(typeof(…))]");
        else if (parameter is not null && named is not null) Refuse(method, "both its parameter and [On] say which events it takes", "Write [On] without a type");
        else if (parameter is { RefKind: not RefKind.None } or { IsParams: true }) Refuse(parameter, "it does not take the event by value", "Pass it by value");
        else if (parameter?.Type.IsRefLikeType == true) Refuse(parameter, $"{parameter.Type.Shown()} cannot be an event", "Use a type that can be stored");
        else return new HandlerMethodSpec(
            Naming.Identifier(method.Name), method.IsStatic, (parameter?.Type ?? named)!.NotNullName(), parameter?.Type.FullName(), result);
        return null;

        void Refuse(ISymbol symbol, string problem, string remedy) =>
            report.Report(DripRules.HandlerHasWrongSignature, symbol, method.Name, problem, remedy);
    }

    private static TimerSpec? Timer(IMethodSymbol method, AttributeData attribute, RuleReport report)
    {
        var result = Check(method, report);
        if (attribute.ConstructorArguments.All(static argument => argument.Kind == TypedConstantKind.Error))
        {
            report.Fail();
            return null;
        }

        var text = attribute.Argument(0) as string ?? "";
        var interval = DurationText.Milliseconds(text) ?? 0;
        if (interval == 0) report.Report(DripRules.ProducerSettingIsInvalid, attribute, method, "interval", text, method.Name, DurationText.Remedy);
        var takesStats = method.Parameters.Length == 1 && method.Parameters[0] is { RefKind: RefKind.None } only && only.Type.Is(Names.ProducerStats);
        if (takesStats || method.Parameters.Length == 0)
            return new TimerSpec(Naming.Identifier(method.Name), method.IsStatic, interval, takesStats, result);
        if (method.Parameters.Any(static parameter => parameter.Type.IsBroken())) report.Fail();
        else report.Report(DripRules.HandlerHasWrongSignature, method, method.Name, "a timer takes a ProducerStats or nothing", "Remove its other parameters");
        return null;
    }

    private static CallResult Check(IMethodSymbol method, RuleReport report)
    {
        if (method.IsGenericMethod) report.Report(DripRules.HandlerHasWrongSignature, method, method.Name, "it is generic", "Remove its type parameters");
        return StepSignature.ResultOf(method, DripRules.HandlerHasWrongSignature, report);
    }
}
