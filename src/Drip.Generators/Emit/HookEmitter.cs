using System;
using System.Collections.Generic;
using System.Linq;
using Drip.Generators.Model;
using Drip.Generators.Parsing;

namespace Drip.Generators.Emit;

/// <summary>Prints which hooks a class has, and how each is called: a switch over the places, with direct calls.</summary>
internal static class HookEmitter
{
    private const string ValueTask = "global::System.Threading.Tasks.ValueTask";
    private const string Set = "global::Drip.Generated.HookSet";

    /// <summary>The part of a backfill. What it has no hooks for is left to the contract.</summary>
    public static void EmitStatic(
        SourceWriter writer, string contract, IReadOnlyList<HookSpec> hooks, string name, Func<ArgumentSpec, string> service)
    {
        writer.Line();
        writer.Line($"static {Set} {contract}.Hooks => {Mask(hooks)};");
        foreach (var isOfBatch in new[] { false, true })
        {
            if (hooks.Any(hook => HookNames.IsOfBatch(hook.Point) == isOfBatch)) Dispatch(writer, contract, hooks, isOfBatch, name, service);
        }
    }

    /// <summary>The body of a handler.</summary>
    public static void Emit(
        SourceWriter writer, string contract, IReadOnlyList<HookSpec> hooks, string name, Func<ArgumentSpec, string> service)
    {
        writer.Line($"{Set} {contract}.Hooks => {Mask(hooks)};");
        Dispatch(writer, contract, hooks, isOfBatch: false, name, service);
        Dispatch(writer, contract, hooks, isOfBatch: true, name, service);
    }

    private static string Mask(IReadOnlyList<HookSpec> hooks)
    {
        var bits = hooks.Aggregate(0UL, static (mask, hook) => mask | (1UL << hook.Point));
        return FormattableString.Invariant($"new(0x{bits:x}UL)");
    }

    private static void Dispatch(
        SourceWriter writer, string contract, IReadOnlyList<HookSpec> hooks, bool isOfBatch, string name, Func<ArgumentSpec, string> service)
    {
        var (method, subject) = isOfBatch ? ("BatchHookAsync", "global::Drip.BatchContext batch") : ("RunHookAsync", "global::Drip.RunContext run");
        writer.Line();
        writer.Line($"{ValueTask} {contract}.{method}(");
        using (writer.Indent())
        {
            writer.Line($"global::Drip.Generated.HookPoint point, {subject}, global::Drip.HookNext? next,");
            writer.Line("global::System.IServiceProvider services, global::System.Threading.CancellationToken cancellationToken)");
        }

        using (writer.Block())
        using (writer.Block("switch (point.Value)"))
        {
            foreach (var hook in hooks.Where(hook => HookNames.IsOfBatch(hook.Point) == isOfBatch))
            {
                writer.Line($"case {hook.Point}: // {HookNames.Of(hook.Point)}");
                using (writer.Indent()) Call(writer, hook, service);
            }

            writer.Line("default:");
            using (writer.Indent())
            {
                writer.Line("throw new global::System.InvalidOperationException("
                    + $"{SourceWriter.Literal(name + " has no hook ")} + point.ToString() + \".\");");
            }
        }
    }

    private static void Call(SourceWriter writer, HookSpec hook, Func<ArgumentSpec, string> service)
    {
        var call = $"{hook.Identifier}({string.Join(", ", hook.Arguments.Select(argument => Value(argument, service)))})";
        CallEmitter.Emit(writer, hook.Result, call);
    }

    private static string Value(ArgumentSpec argument, Func<ArgumentSpec, string> service) => argument.Kind switch
    {
        ArgumentKind.RunContext => "run",
        ArgumentKind.Context => "batch",
        ArgumentKind.Next => "next!",
        ArgumentKind.Cancellation => "cancellationToken",
        _ => service(argument),
    };
}
