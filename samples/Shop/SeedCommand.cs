using System.CommandLine;

namespace Shop;

/// <summary>The sample's own command: makes the database that the jobs work on.</summary>
internal static class SeedCommand
{
    private const int DefaultEmployees = 100_000;

    public static Command Create()
    {
        var employees = new Option<int>("--employees")
        {
            Description = "How many employees to make",
            DefaultValueFactory = _ => DefaultEmployees,
        };
        employees.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out var count) && count < 0) result.AddError("--employees takes 0 or more.");
        });
        var command = new Command("seed", $"Make {ShopDatabase.FileName} anew, with sample rows") { employees };
        command.SetAction((result, _) => SeedAsync(result.GetValue(employees)));
        return command;
    }

    public static Task SeedIfMissingAsync() => File.Exists(ShopDatabase.FileName) ? Task.CompletedTask : SeedAsync(DefaultEmployees);

    // Said on standard error: standard output belongs to the command that was asked for.
    private static async Task SeedAsync(int employees)
    {
        await Console.Error.WriteLineAsync($"Making {ShopDatabase.FileName} with {employees:N0} employees …");
        ShopDatabase.Make(employees);
    }
}
