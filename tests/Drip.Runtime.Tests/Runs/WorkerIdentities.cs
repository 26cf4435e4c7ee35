using System.Diagnostics;
using Drip.Runs;

namespace Drip.Runtime.Tests.Runs;

public sealed class WorkerIdentities
{
    private static readonly WorkerIdentity Me = WorkerIdentity.Current;

    [Fact]
    public void This_process_is_alive() => Assert.False(Me.IsKnownDead);

    [Fact]
    public void A_process_that_does_not_exist_is_dead() => Assert.True((Me with { ProcessId = int.MaxValue }).IsKnownDead);

    [Fact]
    public void A_process_whose_number_another_has_by_now_is_dead() => Assert.True((Me with { ProcessStart = Me.ProcessStart + "1" }).IsKnownDead);

    [Fact]
    public void A_process_from_before_the_last_boot_is_dead() => Assert.True((Me with { Boot = "another" }).IsKnownDead);

    [Fact]
    public void A_process_of_another_machine_is_never_known_to_be_dead() =>
        Assert.False((Me with { Host = "elsewhere", Boot = "another", ProcessId = int.MaxValue }).IsKnownDead);

    [Fact]
    public void A_process_that_ended_and_waits_to_be_reaped_is_dead()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux shows such processes in /proc.");
        using var child = Process.Start(new ProcessStartInfo("sleep", "60"))!;
        var identity = Me with { ProcessId = child.Id, ProcessStart = StartOf(child.Id) };
        Assert.False(identity.IsKnownDead);

        child.Kill();
        child.WaitForExit();

        Assert.True(identity.IsKnownDead);
    }

    [Fact]
    public void The_stored_text_is_read_back() => Assert.Equal(Me, WorkerIdentity.TryParse(Me.ToString()));

    [Fact]
    public void What_stands_behind_another_bar_names_a_part_of_the_process() => Assert.Equal(Me, WorkerIdentity.TryParse(Me + "|17"));

    [Theory]
    [InlineData("")]
    [InlineData("host")]
    [InlineData("host|boot|x|start")]
    [InlineData("host|boot|-1|start")]
    public void Other_text_is_no_identity(string text) => Assert.Null(WorkerIdentity.TryParse(text));

    private static string StartOf(int processId)
    {
        var text = File.ReadAllText($"/proc/{processId}/stat");
        return text[(text.LastIndexOf(')') + 2)..].Split(' ')[19];
    }
}
