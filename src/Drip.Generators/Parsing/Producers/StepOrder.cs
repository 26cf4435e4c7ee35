using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Drip.Generators.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Drip.Generators.Parsing.Producers;

/// <summary>
/// Works out what each step comes after. With <c>After</c>: the steps that it names. With <c>With</c>: what the step that it names comes
/// after. With neither: the step that is written before it, and all steps beside that one.
/// </summary>
internal sealed class StepOrder
{
    private readonly IReadOnlyList<StepDraft> _steps;
    private readonly INamedTypeSymbol _pipeline;
    private readonly RuleReport _report;
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private bool _isClear = true;

    private StepOrder(IReadOnlyList<StepDraft> steps, INamedTypeSymbol pipeline, RuleReport report)
    {
        (_steps, _pipeline, _report) = (steps, pipeline, report);
        for (var place = 0; place < steps.Count; place++)
        {
            if (!_places.ContainsKey(steps[place].Name)) _places.Add(steps[place].Name, place);
        }
    }

    /// <summary>For each step those that it comes after, by their places in the list; null where that is wrong, which is reported.</summary>
    public static IReadOnlyList<int>[]? Of(IReadOnlyList<StepDraft> steps, INamedTypeSymbol pipeline, RuleReport report)
    {
        var order = new StepOrder(steps, pipeline, report);
        var leaders = order.Leaders();
        var after = Enumerable.Range(0, steps.Count).Select(place => order.After(place, leaders)).ToArray();
        for (var place = 0; place < steps.Count; place++) after[place] = after[leaders[place]];
        if (!order._isClear) return null;
        if (Circle.Find(after) is not { } circle) return after;
        var path = string.Join(" → ", circle.Select(place => steps[place].Name));
        report.Report(DripRules.StepsGoInACircle, steps[circle[0]].Method, steps[circle[0]].Name, path);
        return null;
    }

    // The step whose place each step shares: its own, or by way of With that of another one written before it.
    private int[] Leaders()
    {
        var leaders = new int[_steps.Count];
        for (var place = 0; place < leaders.Length; place++)
        {
            leaders[place] = place;
            if (_steps[place].With is not { } with) continue;
            if (_steps[place].After is not null) Unclear(place, "it has both After and With", "Keep one of them");
            else if (!_places.TryGetValue(with, out var other)) Unknown(place, with, ArgumentOf(_steps[place], "With"));
            else if (other == place) Unclear(place, "it is beside itself", "Name another step in With, or remove it");
            else if (other > place) Unclear(place, $"it is beside '{with}', which is written after it", $"Write it below '{with}', or use After");
            else leaders[place] = leaders[other];
        }

        return leaders;
    }

    private IReadOnlyList<int> After(int place, int[] leaders)
    {
        // Those beside others take their place.
        if (leaders[place] != place || _steps[place].With is not null) return [];
        return _steps[place].After is { } names ? Named(place, names) : Written(place, leaders);
    }

    private List<int> Named(int place, IReadOnlyList<string?> names)
    {
        var after = new List<int>();
        for (var index = 0; index < names.Count; index++)
        {
            if (names[index] is not { } name)
            {
                _report.Fail();
                _isClear = false;
            }
            else if (!_places.TryGetValue(name, out var other))
            {
                Unknown(place, name, ElementOf(_steps[place], index));
            }
            else if (other == place)
            {
                Unclear(place, "it comes after itself", "Take it out of After");
            }
            else if (!after.Contains(other))
            {
                after.Add(other);
            }
        }

        after.Sort();
        return after;
    }

    private IReadOnlyList<int> Written(int place, int[] leaders)
    {
        if (place == 0 && !IsSpread()) return [];
        if (place > 0 && PartOf(place) == PartOf(place - 1))
        {
            // Nothing beside this step is written before it.
            var before = leaders[place - 1];
            return [.. Enumerable.Range(0, leaders.Length).Where(other => leaders[other] == before)];
        }

        Unclear(place, "the pipeline has steps in several parts of its class, and it is the first of its part",
            "Say in After which steps it comes after; After = [] for none");
        return [];
    }

    private bool IsSpread() => Enumerable.Range(0, _steps.Count).Any(place => PartOf(place) != PartOf(0));

    private SyntaxNode? PartOf(int place) => _steps[place].Method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax().Parent;

    private void Unclear(int place, string problem, string remedy)
    {
        _isClear = false;
        _report.Report(DripRules.StepOrderIsUnclear, _steps[place].Attribute, _steps[place].Method, _steps[place].Name, problem, remedy);
    }

    private void Unknown(int place, string name, Location? location)
    {
        _isClear = false;
        var nearest = NearestOf(place, name);
        var hints = nearest is null ? ImmutableDictionary<string, string?>.Empty : ImmutableDictionary<string, string?>.Empty.Add(StepFixHints.Nearest, nearest);
        _report.Report(DripRules.StepIsUnknown, location ?? _steps[place].Method.Locations.FirstOrDefault(), hints,
            _pipeline.Name, name, nearest is null ? "" : $"; the nearest is '{nearest}'");
    }

    private string? NearestOf(int place, string name) => _steps
        .Where((step, other) => other != place)
        .Select(step => (step.Name, Distance: Spelling.Distance(name.ToLowerInvariant(), step.Name.ToLowerInvariant())))
        .Where(candidate => candidate.Distance <= Math.Max(2, candidate.Name.Length / 3))
        .OrderBy(static candidate => candidate.Distance)
        .Select(static candidate => candidate.Name)
        .FirstOrDefault();

    private static Location? ElementOf(StepDraft step, int index)
    {
        var elements = SyntaxOf(step, "After")?.DescendantNodesAndSelf().OfType<ExpressionSyntax>()
            .Where(static node => node.Parent is InitializerExpressionSyntax or ExpressionElementSyntax)
            .ToArray();
        return elements is not null && index < elements.Length ? elements[index].GetLocation() : null;
    }

    private static Location? ArgumentOf(StepDraft step, string name) => SyntaxOf(step, name)?.GetLocation();

    private static ExpressionSyntax? SyntaxOf(StepDraft step, string name) =>
        (step.Attribute.ApplicationSyntaxReference?.GetSyntax() as AttributeSyntax)?.ArgumentList?.Arguments
            .FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name)?.Expression;
}
