using System.Collections.Generic;
using System.Linq;
using Drip.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Drip.Generators.Analyzers.Producers;

/// <summary>A field that a step writes: one of those in <c>Changes.Update(… with { … })</c>.</summary>
/// <param name="Method">The step's method.</param>
/// <param name="Field">The member of the model.</param>
/// <param name="IsOfOwnRecord">Whether it is a field of the record that the pipeline runs for.</param>
/// <param name="Place">Where it is written.</param>
internal sealed record FieldWrite(IMethodSymbol Method, IPropertySymbol Field, bool IsOfOwnRecord, Location Place)
{
    /// <summary>What a call writes; nothing if it is no update or what it writes cannot be told.</summary>
    public static IEnumerable<FieldWrite> Of(IInvocationOperation call, IMethodSymbol method)
    {
        if (call.TargetMethod is not { Name: "Update", ContainingType: { } owner } || !owner.Is(Names.RecordChanges)) yield break;
        var value = call.Arguments.FirstOrDefault()?.Value;
        if (value is ILocalReferenceOperation local) value = InitialValueOf(local);
        for (; Inner(value) is IWithOperation copy; value = copy.Operand)
        {
            foreach (var assignment in copy.Initializer.Initializers.OfType<ISimpleAssignmentOperation>())
            {
                if (assignment.Target is IPropertyReferenceOperation { Property: var field })
                    yield return new FieldWrite(method, field, IsOwnRecord(copy.Operand), assignment.Syntax.GetLocation());
            }
        }
    }

    private static bool IsOwnRecord(IOperation? operand) => Inner(operand) switch
    {
        IWithOperation copy => IsOwnRecord(copy.Operand),
        IPropertyReferenceOperation { Property: { Name: "Record", ContainingType: { } owner } } => owner.Is(Names.PipelineOf),
        _ => false,
    };

    private static IOperation? Inner(IOperation? operation) => operation is IConversionOperation conversion ? Inner(conversion.Operand) : operation;

    private static IOperation? InitialValueOf(ILocalReferenceOperation local)
    {
        IOperation root = local;
        while (root.Parent is { } outer) root = outer;
        return root.Descendants()
            .OfType<IVariableDeclaratorOperation>()
            .FirstOrDefault(variable => SymbolEqualityComparer.Default.Equals(variable.Symbol, local.Local))
            ?.GetVariableInitializer()?.Value;
    }
}
