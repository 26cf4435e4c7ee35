using Drip.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Drip.Generators.Analyzers.Sql;

/// <summary>What a piece of SQL is for.</summary>
internal enum SqlRole
{
    Unknown,
    Condition,
    Select,
    Assignments,
}

/// <summary>What a piece of SQL is for, and the model whose columns it names.</summary>
internal readonly record struct SqlUse(SqlRole Role, INamedTypeSymbol? Model)
{
    public bool IsScope => Role is SqlRole.Condition or SqlRole.Select;

    /// <summary>Reads which parameter takes the string; the role is unknown where that is not one of Drip's.</summary>
    public static SqlUse Of(IInterpolatedStringHandlerCreationOperation creation)
    {
        var parent = creation.Parent;
        while (parent is IConversionOperation) parent = parent.Parent;
        if (parent is not IArgumentOperation { Parent: IInvocationOperation { TargetMethod: var method } }) return default;

        var type = method.ContainingType;
        return (method.Name, Type: type) switch
        {
            ("Where" or "And" or "AndIf", _) when type.Is(Names.Scope) => On(SqlRole.Condition, type),
            ("Sql", _) when type.Is(Names.Scope) => On(SqlRole.Select, type),
            ("UpdateAsync", _) when type.Is(Names.Batch) => On(SqlRole.Assignments, type),
            ("Update", _) when type.Is(Names.Changes) => On(SqlRole.Assignments, type),
            ("Where", _) when type.Attribute(Names.Model) is not null
                && method.ReturnType is INamedTypeSymbol scope && scope.Is(Names.Scope) => On(SqlRole.Condition, scope),
            _ => default,
        };
    }

    private static SqlUse On(SqlRole role, INamedTypeSymbol generic) => new(role, generic.TypeArguments[0] as INamedTypeSymbol);
}
