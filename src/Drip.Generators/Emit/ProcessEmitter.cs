using System.Collections.Generic;
using System.Linq;
using Drip.Generators.Model;

namespace Drip.Generators.Emit;

/// <summary>Prints how one batch is handed to the author's method.</summary>
internal static class ProcessEmitter
{
    private const string ValueTaskOfInt = "global::System.Threading.Tasks.ValueTask<int>";

    public static void Emit(SourceWriter writer, BackfillSpec job, string contract, ProcessSpec process)
    {
        var isAwaited = process.Result is ProcessResult.Task or ProcessResult.ValueTask;
        var header = $"{(isAwaited ? "async " : "")}{ValueTaskOfInt} {contract}.ProcessAsync("
            + $"global::Drip.Generated.BatchWork<{job.Row.FullName}> work, global::System.Threading.CancellationToken cancellationToken)";
        using (writer.Block(header))
        {
            if (process.IsElementWise) Elements(writer, job, process, isAwaited);
            else Batch(writer, job, process);
        }
    }

    private static void Elements(SourceWriter writer, BackfillSpec job, ProcessSpec process, bool isAwaited)
    {
        writer.Line("var count = work.Count;");
        var arguments = new List<string>();
        foreach (var argument in process.Arguments)
        {
            // Everything but the row is the same for the whole batch.
            if (argument.Kind is ArgumentKind.Row or ArgumentKind.Cancellation)
            {
                arguments.Add(Value(job, argument));
                continue;
            }

            var local = $"argument{arguments.Count}";
            writer.Line($"var {local} = {Value(job, argument)};");
            arguments.Add(local);
        }

        using (writer.Block("for (var i = 0; i < count; i++)"))
        {
            writer.Line("cancellationToken.ThrowIfCancellationRequested();");
            var call = $"{process.Identifier}({string.Join(", ", arguments)})";
            writer.Line(isAwaited ? $"await {call}.ConfigureAwait(false);" : $"{call};");
        }

        writer.Line();
        writer.Line(isAwaited ? "return count;" : $"return new {ValueTaskOfInt}(count);");
    }

    private static void Batch(SourceWriter writer, BackfillSpec job, ProcessSpec process)
    {
        var call = $"{process.Identifier}({string.Join(", ", process.Arguments.Select(argument => Value(job, argument)))})";
        switch (process.Result)
        {
            case ProcessResult.Void:
                writer.Line($"{call};");
                writer.Line($"return new {ValueTaskOfInt}(work.Count);");
                break;
            case ProcessResult.Task or ProcessResult.ValueTask:
                writer.Line($"await {call}.ConfigureAwait(false);");
                writer.Line("return work.Count;");
                break;
            case ProcessResult.ValueTaskOfInt:
                writer.Line($"return {call};");
                break;
            default:
                writer.Line($"return new {ValueTaskOfInt}({call});");
                break;
        }
    }

    private static string Value(BackfillSpec job, ArgumentSpec argument) => argument.Kind switch
    {
        ArgumentKind.Row => "work.MoveTo(i)",
        ArgumentKind.Batch => "work.Batch",
        ArgumentKind.Changes => "work.Changes",
        ArgumentKind.ChangesOfOther => $"work.ChangesOf<{argument.TypeName}>()",
        ArgumentKind.Context => "work.Context",
        ArgumentKind.Cancellation => "cancellationToken",
        _ => BackfillEmitter.Service(job, argument, "work.Services"),
    };
}
