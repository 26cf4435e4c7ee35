using System.Collections.Generic;
using System.Linq;
using Drip.Generators.Model;
using Drip.Generators.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Drip.Generators.Parsing;

/// <summary>Finds an option's default: what <c>[DefaultValue]</c> declares, else what the property's initializer sets.</summary>
internal sealed class OptionDefault(
    IPropertySymbol property, OptionKind kind, IReadOnlyList<ChoiceSpec> choices, OptionLimits limits, RuleReport report)
{
    /// <summary>The default as text, and whether the property sets it by itself.</summary>
    public (string? Text, bool IsOwn) Read(Compilation compilation)
    {
        if (property.Attribute(Names.DefaultValue) is { } attribute) return (Declared(attribute), false);
        var text = Own(compilation);
        if (text is not null) CheckRange(text, property);
        return (text, text is not null);
    }

    private string? Declared(AttributeData attribute)
    {
        var arguments = attribute.ConstructorArguments;
        if (arguments.Length == 0 || arguments.Any(static argument => argument.Kind == TypedConstantKind.Error))
        {
            report.Fail();
            return null;
        }

        var constant = arguments[arguments.Length - 1];
        if (constant.IsNull && property.Type.CanBeNull()) return null;
        // [DefaultValue(typeof(DateOnly), "2030-01-15")] gives any value as text.
        var text = arguments.Length == 2 && constant.Value is string typed
            ? OptionText.Parse(kind, typed, choices) is null ? null : typed
            : OptionText.Of(kind, constant, OptionTypes.EnumOf(property.Type), choices);
        if (text is null)
        {
            report.Report(DripRules.OptionValueDoesNotFit, attribute, property,
                "default", Shown(constant), property.Name, $"it is not {OptionTypes.Expected(kind)}");
            return null;
        }

        CheckRange(text, property, attribute);
        return text;
    }

    private string? Own(Compilation compilation)
    {
        foreach (var reference in property.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax() is not PropertyDeclarationSyntax { Initializer.Value: { } initializer }) continue;
            var constant = compilation.GetSemanticModel(initializer.SyntaxTree).GetConstantValue(initializer);
            return constant.HasValue ? OptionText.Of(kind, constant.Value, choices) : null;
        }

        return kind == OptionKind.Boolean && !property.Type.CanBeNull() && property.DeclaringSyntaxReferences.Length > 0 ? "false" : null;
    }

    private void CheckRange(string text, ISymbol symbol, AttributeData? attribute = null)
    {
        if (OptionText.Parse(kind, text, choices) is not { } value) return;
        var problem = Side(limits.Minimum) is { } minimum && (value.CompareTo(minimum) < 0 || (limits.MinimumIsExclusive && value.CompareTo(minimum) == 0))
            ? $"it is below the option's range, which begins at {limits.Minimum}"
            : Side(limits.Maximum) is { } maximum && (value.CompareTo(maximum) > 0 || (limits.MaximumIsExclusive && value.CompareTo(maximum) == 0))
                ? $"it is above the option's range, which ends at {limits.Maximum}"
                : null;
        if (problem is null) return;
        if (attribute is null) report.Report(DripRules.OptionValueDoesNotFit, symbol, "default", text, property.Name, problem);
        else report.Report(DripRules.OptionValueDoesNotFit, attribute, symbol, "default", text, property.Name, problem);
    }

    private System.IComparable? Side(string? bound) => bound is null ? null : OptionText.Parse(kind, bound, choices);

    private static string Shown(TypedConstant constant) => constant switch
    {
        { IsNull: true } => "null",
        { Kind: TypedConstantKind.Array } => "array",
        _ => System.Convert.ToString(constant.Value, System.Globalization.CultureInfo.InvariantCulture) ?? "",
    };
}
