namespace Drip.Aot.Tests;

public sealed class ThePublishedBinary : IDisposable
{
    private readonly EmptyFolder _folder = new();

    [Fact]
    public async Task The_first_run_in_an_empty_folder_leaves_no_active_employee_without_a_role()
    {
        var outcome = await ShopWorker.Published.RunAsync(_folder.Path);

        Assert.True(outcome.ExitCode == 0, outcome.Error);
        Assert.Equal(0, ShopRows.Count(_folder.Database, "SELECT count(*) FROM employees WHERE role IS NULL AND active = 1"));
    }

    [Fact]
    public async Task The_second_run_has_nothing_left_to_do()
    {
        await ShopWorker.Published.RunAsync(_folder.Path);
        var outcome = await ShopWorker.Published.RunAsync(_folder.Path);

        Assert.True(outcome.ExitCode == 0, outcome.Error);
        Assert.Equal(0, ShopRows.Count(_folder.Database, "SELECT processed FROM drip_run ORDER BY id DESC LIMIT 1"));
    }

    [Fact]
    public async Task An_unknown_job_ends_with_2_and_the_nearest_name_is_offered()
    {
        var outcome = await ShopWorker.Published.RunAsync(_folder.Path, "run", "ad-role");

        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("add-role", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(outcome.Output);
    }

    [Fact]
    public async Task Help_names_the_commands()
    {
        var outcome = await ShopWorker.Published.RunAsync(_folder.Path, "--help");

        Assert.Equal(0, outcome.ExitCode);
        Assert.All((string[])["list", "options", "run", "runs", "show", "store", "seed"], command => Assert.Contains(command, outcome.Output, StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();
}
