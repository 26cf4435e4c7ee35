using Drip.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Parsing;

/// <summary>Binds one parameter of a hook by its type.</summary>
internal static class HookArguments
{
    /// <summary>What the parameter is bound to; null, with the reason, if it cannot be.</summary>
    public static ArgumentSpec? Of(IParameterSymbol parameter, int point, out string problem, out string remedy)
    {
        (problem, remedy) = ("", "");
        var type = parameter.Type;
        if (parameter.RefKind != RefKind.None || parameter.IsParams)
        {
            problem = $"its parameter '{parameter.Name}' is {(parameter.IsParams ? "params" : "passed by reference")}";
            remedy = "Pass it by value";
        }
        else if (type.Is(Names.CancellationToken))
        {
            return new ArgumentSpec(ArgumentKind.Cancellation);
        }
        else if (type.Is(Names.RunContext) || type.Is(Names.BatchContext))
        {
            var isOfBatch = type.Is(Names.BatchContext);
            if (isOfBatch == HookNames.IsOfBatch(point)) return new ArgumentSpec(isOfBatch ? ArgumentKind.Context : ArgumentKind.RunContext);
            problem = isOfBatch ? "it takes a BatchContext, but is called for a run" : "it takes a RunContext, but is called for a batch";
            remedy = isOfBatch ? "Take a RunContext" : "Take a BatchContext, which knows its run's id";
        }
        else if (type.Is(Names.HookNext))
        {
            if (HookNames.IsAround(point)) return new ArgumentSpec(ArgumentKind.Next);
            problem = "it takes a HookNext, but does not stand around anything";
            remedy = "Remove the parameter, or name the hook Around…";
        }
        else if (type.Is(Names.Changes) || type.Is(Names.Batch) || type.Is(Names.Scope) || type.Attribute(Names.Model) is not null)
        {
            problem = $"it takes {type.Shown()}, but hooks get neither rows nor changes";
            remedy = "Change rows where they are processed";
        }
        else if (ServiceParser.Service(parameter) is { } service)
        {
            return service;
        }
        else
        {
            problem = $"its parameter '{parameter.Name}' of type {type.Shown()} is not a service";
            remedy = $"Take {(HookNames.IsOfBatch(point) ? "BatchContext" : "RunContext")}, CancellationToken or services, which are classes or interfaces";
        }

        return null;
    }
}
