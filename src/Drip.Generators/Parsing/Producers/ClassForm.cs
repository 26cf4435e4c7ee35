using System;
using Drip.Generators.Rules;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Parsing.Producers;

/// <summary>Checks what producers and pipelines have in common: a class of which an object can be made, and whose base class is Drip's.</summary>
internal static class ClassForm
{
    /// <summary>Whether the generated part can name one of Drip's base classes; what is wrong is reported.</summary>
    public static bool CanDerive(INamedTypeSymbol type, RuleReport report, params string[] baseClasses)
    {
        var problem = type switch
        {
            { IsStatic: true } => "static",
            { IsRecord: true } => "a record",
            { IsAbstract: true } => "abstract",
            _ => null,
        };
        if (problem is not null) report.Report(DripRules.ProducerCannotBeMade, type, type.Name, problem);
        if (problem is "static" or "a record") return false;
        if (type.BaseType is not { SpecialType: not SpecialType.System_Object } parent || Array.Exists(baseClasses, parent.Is)) return true;
        if (parent.IsBroken()) report.Fail();
        else report.Report(DripRules.ProducerHasOwnBase, type, type.Name, parent.Shown());
        return false;
    }

    /// <summary>Whether a name can stand in <c>Pipeline/Step</c> on the command line.</summary>
    public static bool IsPlainName(string name) =>
        name.Length > 0 && name.Trim() == name && name.IndexOf('/') < 0 && !Array.Exists(name.ToCharArray(), char.IsControl);
}
