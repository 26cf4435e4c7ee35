using System.Linq;
using Drip.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Drip.Generators.Analyzers.Producers;

/// <summary>Knows the members of the framework that answer differently from call to call.</summary>
internal static class Impurity
{
    private const string Time = "reads the time";
    private const string Chance = "uses chance";

    private static readonly (string Type, string? Member, string What)[] s_members =
    [
        (Names.DateTime, "Now", Time), (Names.DateTime, "UtcNow", Time), (Names.DateTime, "Today", Time),
        (Names.DateTimeOffset, "Now", Time), (Names.DateTimeOffset, "UtcNow", Time),
        (Names.TimeProvider, "GetUtcNow", Time), (Names.TimeProvider, "GetLocalNow", Time), (Names.TimeProvider, "GetTimestamp", Time),
        (Names.Environment, "TickCount", Time), (Names.Environment, "TickCount64", Time), (Names.Stopwatch, null, Time),
        (Names.Random, null, Chance), (Names.Guid, "NewGuid", Chance),
    ];

    /// <summary>What the operation does that a gate must not do, or null.</summary>
    public static string? Of(IOperation operation)
    {
        ISymbol? member = operation switch
        {
            IPropertyReferenceOperation property => property.Property,
            IInvocationOperation call => call.TargetMethod,
            IObjectCreationOperation creation => creation.Constructor,
            _ => null,
        };
        if (member?.ContainingType is not { } owner) return null;
        var known = s_members.FirstOrDefault(entry => owner.Is(entry.Type) && (entry.Member is null || entry.Member == member.Name));
        // Random.Shared.Next() uses chance once.
        return known.Member is null && IsInsideOfSame(operation, owner) ? null : known.What;
    }

    private static bool IsInsideOfSame(IOperation operation, INamedTypeSymbol owner)
    {
        ISymbol? outer = operation.Parent switch
        {
            IInvocationOperation call => call.TargetMethod,
            IPropertyReferenceOperation property => property.Property,
            _ => null,
        };
        return SymbolEqualityComparer.Default.Equals(outer?.ContainingType, owner);
    }
}
