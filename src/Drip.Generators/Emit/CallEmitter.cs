using Drip.Generators.Model;

namespace Drip.Generators.Emit;

/// <summary>Prints a call of a method that yields no value, at the end of a method that returns a <c>ValueTask</c>.</summary>
internal static class CallEmitter
{
    public static void Emit(SourceWriter writer, CallResult result, string call)
    {
        if (result == CallResult.Void) writer.Line($"{call};");
        writer.Line(result switch
        {
            CallResult.Void => "return default;",
            CallResult.Task => $"return new global::System.Threading.Tasks.ValueTask({call});",
            _ => $"return {call};",
        });
    }
}
