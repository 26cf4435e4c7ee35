using Drip.Generators.Model;

namespace Drip.Generators.Emit;

/// <summary>Prints the generated part of a hook handler: an object that calls its static methods.</summary>
internal static class HookHandlerEmitter
{
    /// <summary>The member that gives the manifest the object.</summary>
    public const string Member = "__dripHookHandler";

    private const string Class = "__DripHookHandler";
    private const string Contract = "global::Drip.Generated.IHookHandler";

    public static string Emit(HookHandlerSpec handler)
    {
        var writer = new SourceWriter();
        using (writer.Around(handler.Type))
        using (writer.Block(handler.Type.Declaration))
        {
            writer.Generated();
            writer.Line("[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]");
            writer.Line($"internal static {Contract} {Member} => new {Class}();\n");
            writer.Generated();
            // Explicitly implemented, so that no member of it hides a hook.
            using (writer.Block($"private sealed class {Class} : {Contract}"))
            {
                HookEmitter.Emit(writer, Contract, handler.Hooks, handler.Class, argument => Service(handler, argument));
            }
        }

        return writer.ToString();
    }

    private static string Service(HookHandlerSpec handler, ArgumentSpec argument) => argument.IsOptional
        ? $"({argument.TypeName}?)services.GetService(typeof({argument.TypeName}))"
        : $"global::Drip.Generated.ServiceLookup.RequireForHooks<{argument.TypeName}>(services, {SourceWriter.Literal(handler.Class)})";
}
