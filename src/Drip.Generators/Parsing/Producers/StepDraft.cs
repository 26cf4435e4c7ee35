using System.Collections.Generic;
using Drip.Generators.Model.Producers;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Parsing.Producers;

/// <summary>A step before its place among the others is known.</summary>
/// <param name="Method">The author's method.</param>
/// <param name="Attribute">Its <c>[Step]</c>.</param>
/// <param name="After">The steps that it names; null where it leaves that to the order in which the steps are written.</param>
/// <param name="With">The step beside which it runs; null for none.</param>
/// <param name="Spec">What is known of it already.</param>
internal sealed record StepDraft(IMethodSymbol Method, AttributeData Attribute, IReadOnlyList<string?>? After, string? With, StepSpec Spec)
{
    public string Name => Method.Name;
}
