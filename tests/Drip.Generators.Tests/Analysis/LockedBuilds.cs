using Drip.Generators.Tests.PlanLocks;

namespace Drip.Generators.Tests.Analysis;

/// <summary>The plan lock in builds by the SDK, from its first writing to its update.</summary>
public sealed class LockedBuilds : IDisposable
{
    private const string Asked = "-p:DripUpdatePlanLock=true";
    private const string Lock = "drip.plan.lock";

    private readonly BuiltProject _project = new(RulePages.RepositoryFile("eng/Drip.PlanLock.props"));

    [Fact]
    public async Task A_plan_is_locked_kept_agreed_upon_and_updated()
    {
        _project.Write("Work.cs", Plan.Source);
        Assert.Empty(await _project.BuildAsync());
        Assert.False(File.Exists(_project.Path(Lock)));

        Assert.Empty(await _project.BuildAsync("--no-restore", Asked));
        Assert.Equal(Plan.Lock, _project.Read(Lock));
        Assert.Empty(await _project.BuildAsync("--no-restore"));

        _project.Write("Work.cs", Plan.Edited("void Fetch() { }", "void Fetch() { _ = Record.Url; }"));
        Assert.Empty(await _project.BuildAsync("--no-restore"));
        Assert.Equal(Plan.Lock, _project.Read(Lock));

        _project.Write("Work.cs", Plan.Edited("void Fetch", "void Load"));
        Assert.StartsWith("error DRIP2082: The plan lock has the step 'Fetch' of the pipeline 'Crawl', and in its place the code has 'Load'.", Assert.Single(await _project.BuildAsync("--no-restore")));

        _project.Write("Work.cs", Plan.Edited("[Step] public void Fetch", "[Step, Renamed(\"Fetch\")] public void Load"));
        Assert.Empty(await _project.BuildAsync("--no-restore"));

        _project.Write("Work.cs", Plan.Edited("void Fetch", "void Visit"));
        Assert.Empty(await _project.BuildAsync("--no-restore", Asked));
        Assert.Equal(Plan.EditedLock("Fetch", "Visit"), _project.Read(Lock));
        Assert.Empty(await _project.BuildAsync("--no-restore"));
    }

    [Fact]
    public async Task A_lock_that_was_edited_by_hand_is_seen_and_written_again_where_nothing_is_to_be_compiled()
    {
        _project.Write("Work.cs", Plan.Source);
        Assert.Empty(await _project.BuildAsync(Asked));
        _project.Write(Lock, Plan.EditedLock("*/\n", ""));
        Assert.StartsWith("error DRIP2080: The plan lock cannot be read: its end is missing.", Assert.Single(await _project.BuildAsync("--no-restore")));

        Assert.Empty(await _project.BuildAsync("--no-restore", Asked));
        File.Delete(_project.Path(Lock));
        Assert.Empty(await _project.BuildAsync("--no-restore", Asked));
        Assert.Equal(Plan.Lock, _project.Read(Lock));
    }

    [Fact]
    public async Task A_project_without_producers_gets_no_lock_and_one_that_has_none_left_an_empty_one()
    {
        Assert.Empty(await _project.BuildAsync(Asked));
        Assert.False(File.Exists(_project.Path(Lock)));

        _project.Write(Lock, Plan.Lock);
        Assert.StartsWith("error DRIP2081: The plan lock has the producer 'work'", Assert.Single(await _project.BuildAsync("--no-restore")));
        Assert.Empty(await _project.BuildAsync("--no-restore", Asked));
        Assert.DoesNotContain("producer ", _project.Read(Lock), StringComparison.Ordinal);
        Assert.Empty(await _project.BuildAsync("--no-restore"));
    }

    public void Dispose() => _project.Dispose();
}
