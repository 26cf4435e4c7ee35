using System;
using System.Collections.Generic;
using Drip.Generators.Rules;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Parsing.Producers;

/// <summary>The names of things that must not share one, and those that they had before.</summary>
internal sealed class NameSet(string what, string remedy, RuleReport report)
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public void Add(ISymbol symbol, string name)
    {
        if (!_names.Add(name)) report.Report(DripRules.PartNameIsTaken, symbol, what, name, remedy);
    }

    /// <summary>Adds the former names of a thing, after all names of today.</summary>
    public void AddFormer(ISymbol symbol)
    {
        foreach (var former in FormerNames.Of(symbol))
        {
            if (!_names.Add(former)) report.Report(DripRules.PartNameIsTaken, symbol, what, former, "Take back one [Renamed]");
        }
    }
}
