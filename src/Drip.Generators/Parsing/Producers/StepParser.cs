using System.Collections.Generic;
using System.Linq;
using Drip.Generators.Model;
using Drip.Generators.Model.Producers;
using Drip.Generators.Rules;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Parsing.Producers;

/// <summary>Reads the steps of a pipeline and puts them in order.</summary>
internal static class StepParser
{
    private const string NameOfBackoff = "Backoff";
    private const string NameOfTimeout = "Timeout";

    /// <summary>The steps, each after those that it waits for.</summary>
    public static EquatableArray<StepSpec> Parse(INamedTypeSymbol pipeline, IReadOnlyList<INamedTypeSymbol> records, RuleReport report)
    {
        var methods = StepsOf(pipeline).ToArray();
        CheckNames(methods, report);
        var drafts = methods.Select(method => Read(method, records, report)).ToArray();
        return StepOrder.Of(drafts, pipeline, report) is { } after
            ? StepSorting.Sort([.. drafts.Select(static draft => draft.Spec)], after).ToEquatable()
            : drafts.Select(static draft => draft.Spec).ToEquatable();
    }

    /// <summary>The methods of a pipeline with <c>[Step]</c>, as they are written.</summary>
    public static IEnumerable<IMethodSymbol> StepsOf(INamedTypeSymbol pipeline) => pipeline.GetMembers()
        .OfType<IMethodSymbol>()
        .Where(static method => method.MethodKind == MethodKind.Ordinary && method.Attribute(Names.Step) is not null)
        .InWrittenOrder();

    /// <summary>The step's name, as the attribute says or as the method is called.</summary>
    public static string NameOf(IMethodSymbol method) => method.Attribute(Names.Step)?.Named("Name") as string ?? method.Name;

    private static StepDraft Read(IMethodSymbol method, IReadOnlyList<INamedTypeSymbol> records, RuleReport report)
    {
        var attribute = method.Attribute(Names.Step)!;
        var (result, arguments) = StepSignature.Read(method, records, report);
        var name = NameOf(method);
        if (!ClassForm.IsPlainName(name)) Refuse("name", name, "Use a name without '/', and without spaces around it");
        var retries = attribute.Named("Retries") as int? ?? 0;
        if (retries < 0) Refuse("Retries", retries, "Use a number from 0");
        var timeout = SpanOf(NameOfTimeout);
        if (timeout == 0) Refuse(NameOfTimeout, attribute.Named(NameOfTimeout)!, "Use a span that is longer than nothing, or leave it out");
        var isNonIdempotent = method.Attribute(Names.NonIdempotent) is not null;
        if (isNonIdempotent && retries > 0) report.Report(DripRules.NonIdempotentStepIsRetried, attribute, method, method.Name);
        var spec = new StepSpec
        {
            Name = name,
            Identifier = Naming.Identifier(method.Name),
            Result = result,
            Arguments = arguments,
            After = default,
            Before = default,
            Retries = retries,
            BackoffMilliseconds = SpanOf(NameOfBackoff),
            TimeoutMilliseconds = timeout ?? 0,
            OnFailure = PolicyOf(),
            IsNonIdempotent = isNonIdempotent,
            FormerNames = FormerNames.Of(method),
        };
        return new StepDraft(method, attribute, attribute.NamedList("After"), attribute.Named("With") as string, spec);

        long? SpanOf(string setting)
        {
            if (attribute.Named(setting) is not string text) return null;
            var span = DurationText.Milliseconds(text);
            if (span is null) Refuse(setting, text, DurationText.Remedy);
            return span;
        }

        FailurePolicy PolicyOf()
        {
            if (attribute.Named("OnFailure") is not int policy) return FailurePolicy.Fail;
            if (policy is < 0 or > (int)FailurePolicy.SkipCascade) Refuse("OnFailure", policy, "Use Fail, Skip or SkipCascade");
            return (FailurePolicy)policy;
        }

        void Refuse(string setting, object value, string remedy) =>
            report.Report(DripRules.ProducerSettingIsInvalid, attribute, method, setting, value, method.Name, remedy);
    }

    private static void CheckNames(IReadOnlyList<IMethodSymbol> methods, RuleReport report)
    {
        var names = new NameSet("The step", "Give one of them another name with [Step(Name = \"…\")]", report);
        // nameof says only what a method is called, so two of one name could not be told apart.
        var called = new NameSet("The step method", "Give one of the methods another name", report);
        foreach (var method in methods) called.Add(method, method.Name);
        foreach (var method in methods)
        {
            if (methods.Count(other => other.Name == method.Name) == 1) names.Add(method, NameOf(method));
        }

        foreach (var method in methods) names.AddFormer(method);
    }
}
