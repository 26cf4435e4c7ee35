using System.CommandLine;
using Drip.Hosting.Commands;
using Drip.Hosting.Signals;

namespace Drip.Hosting;

/// <summary>
/// A worker: a program with the command line that every Drip worker has.
/// <code>
/// var builder = DripApp.CreateBuilder(args);
/// builder.UseSqlite("Data Source=shop.db");
/// builder.AddJobs();
/// return await builder.Build().RunAsync();
/// </code>
/// </summary>
public sealed class DripApp
{
    private readonly DripAppBuilder _builder;

    internal DripApp(DripAppBuilder builder)
    {
        _builder = builder;
        Interruption = new Interruption(builder.Time, builder.Exit);
    }

    internal Interruption Interruption { get; }

    /// <summary>Begins a worker.</summary>
    /// <param name="args">The arguments of the program.</param>
    public static DripAppBuilder CreateBuilder(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        return new DripAppBuilder(args);
    }

    /// <summary>Does what the arguments say, once.</summary>
    /// <returns>
    /// The exit code: 0 done, 1 unexpected error, 2 a user's mistake, 3 the run failed, 4 paused or stopped, 5 finished with
    /// quarantined rows, 6 already running or locked, 7 store unreachable or damaged, 8 store schema newer or older, 130 and
    /// 143 after SIGINT and SIGTERM.
    /// </returns>
    public async Task<int> RunAsync()
    {
        var worker = new Worker(_builder, Interruption);
        try
        {
            await using (worker.ConfigureAwait(false))
            {
                foreach (var add in _builder.Jobs) add(worker.Jobs);
                return await InvokeAsync(worker).ConfigureAwait(false);
            }
        }
        catch (DripException problem)
        {
            worker.Screen.WriteError(problem);
            return ExitCode.Of(problem);
        }
        catch (OperationCanceledException) when (Interruption.Signal is not null)
        {
            worker.Screen.WriteErrorLine("Interrupted.");
            return Interruption.ExitCode;
        }
        catch (Exception bug)
        {
            worker.Screen.WriteErrorLine($"An unexpected error: {bug}");
            return ExitCode.Unexpected;
        }
    }

    private async Task<int> InvokeAsync(Worker worker)
    {
        var arguments = _builder.Arguments is { Length: > 0 } given ? given : _builder.DefaultArguments;
        var parsed = CommandTree.Parse(worker, _builder.Commands, arguments);
        CommandLineMistakes.ThrowIfAny(worker, parsed, arguments);

        // What the runtime does on a signal, ending the process, is right for commands that only look.
        var command = parsed.CommandResult.Command;
        if (command is BatchCommand)
        {
            Interruption.Budget = worker.Settings.ShutdownBudget;
            Interruption.Listen(hasBatches: true);
        }
        else if (_builder.Commands.Contains(command)) Interruption.Listen(hasBatches: false);
        var invocation = new InvocationConfiguration
        {
            Output = worker.Screen.Output,
            Error = worker.Screen.ErrorOutput,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        return await parsed.InvokeAsync(invocation, Interruption.Drain).ConfigureAwait(false);
    }
}
