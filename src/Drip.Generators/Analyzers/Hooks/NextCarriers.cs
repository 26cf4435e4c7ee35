using System.Collections.Generic;
using System.Linq;
using Drip.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Drip.Generators.Analyzers.Hooks;

/// <summary>What an operation does with next.</summary>
internal enum NextUse
{
    /// <summary>Nothing that could call it: it is kept in a local, or compared.</summary>
    None,
    /// <summary>Calls it.</summary>
    Call,
    /// <summary>Hands it to something that may call it: a method, a field, a function of the hook's own.</summary>
    HandOver,
}

/// <summary>Knows everything in a hook's body that can call next: the parameter, and the locals, lambdas and local functions that have it.</summary>
internal sealed class NextCarriers
{
    private readonly IParameterSymbol _next;
    private readonly HashSet<ISymbol> _symbols = new(SymbolEqualityComparer.Default);

    private NextCarriers(IParameterSymbol next) => _symbols.Add(_next = next);

    public static NextCarriers Of(IOperation body, IParameterSymbol next)
    {
        var carriers = new NextCarriers(next);
        var operations = body.Descendants().ToArray();
        // A local can be given to another one, and a lambda can use either.
        while (operations.Count(carriers.Learn) > 0)
        {
        }

        return carriers;
    }

    /// <summary>What each place in an operation of the control flow graph does with next, in the order of evaluation.</summary>
    public IEnumerable<(NextUse Use, IOperation Place)> UsesIn(IOperation operation, IReadOnlyDictionary<CaptureId, NextUse> captures)
    {
        foreach (var part in operation.DescendantsAndSelf())
        {
            if (part is IInvocationOperation { TargetMethod.MethodKind: MethodKind.LocalFunction } local
                && _symbols.Contains(local.TargetMethod.OriginalDefinition))
            {
                yield return (NextUse.HandOver, part);
            }
            else if (IsCarrier(part) || IsCaptured(part, captures))
            {
                var isNext = part is IParameterReferenceOperation
                    || (part is IFlowCaptureReferenceOperation reference && captures[reference.Id] == NextUse.Call);
                var (use, place) = UseOf(part, isNext);
                if (use != NextUse.None) yield return (use, place);
            }
        }
    }

    /// <summary>Whether an operation that the graph keeps for later is a carrier.</summary>
    public bool Carries(IOperation value, IReadOnlyDictionary<CaptureId, NextUse> captures) =>
        Unwrapped(value) is var inner && (IsCarrier(inner) || IsCaptured(inner, captures));

    private static bool IsCaptured(IOperation operation, IReadOnlyDictionary<CaptureId, NextUse> captures) =>
        operation is IFlowCaptureReferenceOperation reference && captures.TryGetValue(reference.Id, out var held) && held != NextUse.None;

    private bool Learn(IOperation operation) => operation switch
    {
        IVariableDeclaratorOperation { Initializer.Value: { } value } declarator => CanBeCarrier(value) && _symbols.Add(declarator.Symbol),
        ISimpleAssignmentOperation { Target: ILocalReferenceOperation local } assignment => CanBeCarrier(assignment.Value) && _symbols.Add(local.Local),
        IAnonymousFunctionOperation lambda => lambda.Descendants().Any(IsCarrier) && _symbols.Add(lambda.Symbol),
        ILocalFunctionOperation function => function.Descendants().Any(IsOrCallsCarrier) && _symbols.Add(function.Symbol),
        _ => false,
    };

    private bool IsCarrier(IOperation operation) => operation switch
    {
        IParameterReferenceOperation reference => SymbolEqualityComparer.Default.Equals(reference.Parameter, _next),
        ILocalReferenceOperation reference => _symbols.Contains(reference.Local),
        IAnonymousFunctionOperation lambda => _symbols.Contains(lambda.Symbol),
        IFlowAnonymousFunctionOperation lambda => _symbols.Contains(lambda.Symbol),
        IMethodReferenceOperation reference => _symbols.Contains(reference.Method.OriginalDefinition),
        _ => false,
    };

    private bool IsOrCallsCarrier(IOperation operation) =>
        IsCarrier(operation) || (operation is IInvocationOperation call && _symbols.Contains(call.TargetMethod.OriginalDefinition));

    private bool CanBeCarrier(IOperation value) => Unwrapped(value) switch
    {
        IConditionalOperation choice => CanBeCarrier(choice.WhenTrue) || (choice.WhenFalse is { } other && CanBeCarrier(other)),
        ICoalesceOperation choice => CanBeCarrier(choice.Value) || CanBeCarrier(choice.WhenNull),
        ISwitchExpressionOperation choice => choice.Arms.Any(arm => CanBeCarrier(arm.Value)),
        var inner => IsCarrier(inner),
    };

    // Down to the value itself: (Func<Task>)next.Invoke is next.
    private static IOperation Unwrapped(IOperation value) => value switch
    {
        IConversionOperation conversion => Unwrapped(conversion.Operand),
        IDelegateCreationOperation creation => Unwrapped(creation.Target),
        IParenthesizedOperation parenthesized => Unwrapped(parenthesized.Operand),
        IMethodReferenceOperation { Method.MethodKind: MethodKind.DelegateInvoke, Instance: { } instance } => Unwrapped(instance),
        _ => value,
    };

    private static (NextUse Use, IOperation Place) UseOf(IOperation carrier, bool isNext)
    {
        var value = carrier;
        while (value.Parent is IConversionOperation or IDelegateCreationOperation or IParenthesizedOperation or IMethodReferenceOperation)
        {
            value = value.Parent;
            // What takes any object, like ArgumentNullException.ThrowIfNull, does not call it.
            if (value.Type?.SpecialType == SpecialType.System_Object) return (NextUse.None, carrier);
        }

        return value.Parent switch
        {
            IInvocationOperation call when call.Instance == value && call.TargetMethod.MethodKind == MethodKind.DelegateInvoke =>
                (isNext ? NextUse.Call : NextUse.HandOver, call),
            IInvocationOperation call when call.Instance == value => (NextUse.None, call),
            // A pattern like { } gives it another name.
            IIsPatternOperation { Pattern: not (IConstantPatternOperation or INegatedPatternOperation) } => (NextUse.HandOver, carrier),
            IFlowCaptureOperation or INameOfOperation or IIsNullOperation or IBinaryOperation or IIsPatternOperation or IIsTypeOperation
                or IExpressionStatementOperation => (NextUse.None, carrier),
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation or IDiscardOperation } => (NextUse.None, carrier),
            ISimpleAssignmentOperation assignment when assignment.Target == value => (NextUse.None, carrier),
            _ => (NextUse.HandOver, carrier),
        };
    }
}
