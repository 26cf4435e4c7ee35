using System.CommandLine;
using System.CommandLine.Help;
using Drip.Hosting.Commands.Help;

namespace Drip.Hosting.Commands;

/// <summary>The command line of a worker.</summary>
internal static class CommandTree
{
    // A value that begins with @ is a value, and -ab is not -a -b.
    private static readonly ParserConfiguration Parser = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    public static ParseResult Parse(Worker worker, IReadOnlyList<Command> own, IReadOnlyList<string> arguments)
    {
        var root = new RootCommand("A Drip worker: runs its backfills, and shows what they did.");
        var help = new HelpWithExample(worker.Screen) { Examples = { [root] = "run --help" } };
        root.Options.OfType<HelpOption>().Single().Action = help;
        root.SetAction(help.Invoke);

        var job = worker.Jobs.All.FirstOrDefault()?.Info.Name ?? "add-role";
        Add("list", ListCommand.Create(worker));
        Add($"options {job}", OptionsCommand.Create(worker));
        Add($"run {job} --batch-size 500", RunCommand.Create(worker, help));
        Add($"runs --job {job} --status failed", RunsCommand.Create(worker));
        Add("show 0a1b2c", ShowCommand.Create(worker));
        Add("quarantine 0a1b2c --skip 777", QuarantineCommand.Create(worker));
        Add("worker --concurrency 4", new WorkerCommand(worker));
        Add("pause 0a1b2c", AskCommand.Pause(worker));
        Add("stop 0a1b2c", AskCommand.Stop(worker));
        Add("resume 0a1b2c", TakeCommand.Resume(worker));
        Add("retry 0a1b2c", TakeCommand.Retry(worker));
        Add($"verify --require {job}", VerifyCommand.Create(worker));
        Add("store status", StoreCommand.Create(worker, help));
        foreach (var (example, command) in worker.ProducerCommands?.Create(worker) ?? []) Add(example, command);
        foreach (var command in own) root.Subcommands.Add(command);
        return root.Parse(arguments, Parser);

        void Add(string example, Command command)
        {
            help.Examples[command] = example;
            root.Subcommands.Add(command);
        }
    }
}
