using System;
using System.Collections.Immutable;
using System.Linq;
using Drip.Generators.Rules;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.PlanLocks;

/// <summary>Says where code and plan lock differ.</summary>
internal sealed class LockFindings(Action<Diagnostic> report)
{
    /// <summary>A part is gone that the lock has.</summary>
    /// <param name="place">Where its successor is, or what it was part of.</param>
    /// <param name="part">What it is, for example <c>step 'Fetch' of the pipeline 'Crawl'</c>.</param>
    /// <param name="now">What the code has in its place.</param>
    /// <param name="remedy">How the code can say what became of it.</param>
    /// <param name="former">The name for a code fix, where the place is that of its successor.</param>
    public void Gone(ISymbol place, string part, string now, string remedy, string? former = null)
    {
        var hints = ImmutableDictionary<string, string?>.Empty;
        if (former is not null) hints = hints.Add(LockFixHints.Former, former);
        report(Diagnostic.Create(DripRules.LockedPartIsGone, PlaceOf(place), hints, part, now, remedy, LockSyntax.Command));
    }

    /// <summary>A part is there and is not what it was.</summary>
    public void Changed(ISymbol place, string part, string before, string now) =>
        report(Diagnostic.Create(DripRules.LockedPartIsChanged, PlaceOf(place), part, before, now, LockSyntax.Command));

    /// <summary>A field is new, and versions have no value for it.</summary>
    public void New(ISymbol place, string field, string model) =>
        report(Diagnostic.Create(DripRules.NewFieldNeedsValue, PlaceOf(place), field, model, LockSyntax.Command));

    private static Location? PlaceOf(ISymbol symbol) => symbol.Locations.FirstOrDefault();
}
