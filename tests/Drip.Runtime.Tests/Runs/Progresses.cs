using Drip.Batches;
using Drip.Runs;
using Drip.Tests.Time;

namespace Drip.Runtime.Tests.Runs;

public sealed class Progresses
{
    [Theory]
    [InlineData(0L, 0L, 100.0)]
    [InlineData(2L, 3L, 66.67)]
    [InlineData(15L, 10L, 100.0)]
    [InlineData(0L, 10L, 0.0)]
    [InlineData(5L, null, null)]
    public void Percent_is_what_was_scanned_of_the_total(long scanned, long? total, double? percent) =>
        Assert.Equal(percent, Round(Progress(scanned, total, null).Percent));

    [Theory]
    [InlineData(50L, 100L, 10.0, 5.0)]
    [InlineData(100L, 100L, 10.0, 0.0)]
    [InlineData(150L, 100L, 10.0, 0.0)]
    [InlineData(50L, null, 10.0, null)]
    [InlineData(50L, 100L, null, null)]
    [InlineData(50L, 100L, 0.0, null)]
    public void The_rest_takes_what_the_rate_says(long scanned, long? total, double? rate, double? seconds) =>
        Assert.Equal(seconds, Progress(scanned, total, rate).Eta?.TotalSeconds);

    [Fact]
    public void A_rest_of_more_than_ten_years_is_shown_as_ten_years() =>
        Assert.Equal(TimeSpan.FromDays(3650), Progress(0, long.MaxValue, 1e-9).Eta);

    [Fact]
    public void The_rate_is_unknown_at_first_and_then_that_of_the_last_ten_seconds()
    {
        var time = new ManualTimeProvider();
        var meter = new ProgressMeter(time);

        Assert.Null(meter.Sample(0));
        Assert.Equal(100, After(TimeSpan.FromSeconds(1), 100));
        Assert.Equal(550, After(TimeSpan.FromSeconds(1), 1100));
        // Half a minute later only what is in the window counts.
        for (var second = 0; second < 30; second++) After(TimeSpan.FromSeconds(1), 1100);
        Assert.Equal(0, After(TimeSpan.FromSeconds(1), 1100));
        Assert.Equal(10, After(TimeSpan.FromSeconds(1), 1200)!.Value, tolerance: 1.0);

        double? After(TimeSpan wait, long rows)
        {
            time.Advance(wait);
            return meter.Sample(rows);
        }
    }

    [Fact]
    public void Two_samples_of_one_moment_have_no_rate()
    {
        var meter = new ProgressMeter(new ManualTimeProvider());
        meter.Sample(0);

        Assert.Null(meter.Sample(100));
    }

    [Fact]
    public void Every_status_has_a_name_and_is_found_by_it()
    {
        foreach (var status in Enum.GetValues<RunStatus>()) Assert.Equal(status, RunStatusExtensions.FromName(status.ToName()));
        Assert.Null(RunStatusExtensions.FromName("Running"));
        Assert.Equal([RunStatus.Stopped, RunStatus.Completed, RunStatus.Failed], Enum.GetValues<RunStatus>().Where(status => status.IsTerminal()));
    }

    private static RunProgress Progress(long scanned, long? total, double? rate) =>
        new("run", "job", RunCounters.Zero with { Scanned = scanned, Total = total }, rate);

    private static double? Round(double? value) => value is null ? null : Math.Round(value.Value, 2);
}
