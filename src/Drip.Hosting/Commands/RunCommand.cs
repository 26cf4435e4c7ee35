using System.CommandLine;
using Drip.Hosting.Commands.Help;

namespace Drip.Hosting.Commands;

/// <summary><c>run JOB</c>: one subcommand for each job, so that help and completion know the job's options.</summary>
internal sealed class RunCommand : Command
{
    private RunCommand() : base("run", "Run a job until it is done; goes on where an earlier run was left")
    {
    }

    public static RunCommand Create(Worker worker, HelpWithExample help)
    {
        var run = new RunCommand();
        var flags = new RunFlags();
        flags.AddTo(run);
        foreach (var job in worker.Jobs.All)
        {
            var command = new RunJobCommand(worker, job.Info, flags);
            help.Examples[command] = $"run {job.Info.Name} --limit 1000";
            run.Subcommands.Add(command);
        }

        run.SetAction(Refuse);
        return run;

        void Refuse(ParseResult parsed)
        {
            var names = string.Join(", ", worker.Jobs.All.Select(job => job.Info.Name));
            throw new DripException(DripErrorKind.Usage, "missing-job",
                "'run' needs the name of a job.",
                names.Length > 0 ? $"Name one of: {names}." : "This worker has no jobs yet: write a class with [Backfill] and call builder.AddJobs().");
        }
    }
}
