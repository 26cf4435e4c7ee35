using System.CommandLine;
using Drip.Hosting.Commands.Help;
using Drip.Hosting.Output;
using Drip.Store;

namespace Drip.Hosting.Commands;

/// <summary><c>store migrate</c> and <c>store status</c>.</summary>
internal static class StoreCommand
{
    public static Command Create(Worker worker, HelpWithExample help)
    {
        var store = new Command("store", "Look after the store of runs") { Migrate(worker), Status(worker) };
        foreach (var command in store.Subcommands) help.Examples[command] = $"store {command.Name} --json";
        store.SetAction(Refuse);
        return store;
    }

    private static void Refuse(ParseResult parsed) => throw new DripException(DripErrorKind.Usage, "missing-command",
        "'store' needs to know what to do.", "Use 'store status' or 'store migrate'.");

    private static Command Migrate(Worker worker)
    {
        var json = JsonFlag.Create();
        var command = new Command("migrate", "Bring the store's schema up to date") { json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var applied = await worker.Store.MigrateAsync(cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(json)) WriteJson(worker, "applied", applied);
            else if (applied.Count == 0) worker.Screen.WriteLine($"The store in {worker.Store.Description} is up to date.");
            foreach (var migration in parsed.GetValue(json) ? [] : applied)
                worker.Screen.WriteLine($"Applied {migration.Number} ({migration.Name}) to the store in {worker.Store.Description}.");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Status(Worker worker)
    {
        var json = JsonFlag.Create();
        var command = new Command("status", "Show which migrations the store has") { json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var migrations = await worker.Store.GetMigrationsAsync(cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(json)) WriteJson(worker, "migrations", migrations);
            else WriteText(worker, migrations);
            return ExitCode.Done;
        });
        return command;
    }

    private static void WriteText(Worker worker, IReadOnlyList<MigrationStatus> migrations)
    {
        worker.Screen.WriteLine($"The store is in {worker.Store.Description}.");
        var table = new TextTable("MIGRATION>", "NAME", "APPLIED");
        foreach (var migration in migrations)
            table.Add(Phrase.Number(migration.Number), migration.Name, migration.AppliedAt is { } time ? Phrase.Time(time) : "not yet");
        table.WriteTo(worker.Screen);
        if (migrations.Any(migration => migration.AppliedAt is null)) worker.Screen.WriteLine("Use 'store migrate' to apply what is missing; 'run' does so by itself.");
    }

    private static void WriteJson(Worker worker, string name, IReadOnlyList<MigrationStatus> migrations) => JsonLine.Write(worker.Screen, json =>
    {
        json.WriteStartObject();
        json.WriteString("store", worker.Store.Description);
        json.WriteStartArray(name);
        foreach (var migration in migrations)
        {
            json.WriteStartObject();
            json.WriteNumber("number", migration.Number);
            json.WriteString("name", migration.Name);
            json.WriteTime("appliedAt", migration.AppliedAt);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });
}
