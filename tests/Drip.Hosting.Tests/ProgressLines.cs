using Drip.Hosting.Output;
using Drip.Hosting.Progress;
using Drip.Hosting.Tests.Harness;
using Drip.Runs;

namespace Drip.Hosting.Tests;

public sealed class ProgressLines
{
    private readonly ManualTime _time = new();
    private readonly StringWriter _output = new() { NewLine = "\n" };

    [Fact]
    public void A_pipe_gets_a_line_every_two_seconds_at_most()
    {
        var view = new PlainLines(Screen(Terminal.None), _time);

        for (var rows = 0; rows <= 50; rows++)
        {
            view.Show(At(rows * 1000, total: 100_000, rate: 10_000));
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal(
            "20,000 of 100,000 rows (20 %), 10,000 rows/s, 8 s left\n40,000 of 100,000 rows (40 %), 10,000 rows/s, 6 s left\n",
            _output.ToString());
    }

    [Fact]
    public void A_pipe_gets_no_line_when_nothing_changed()
    {
        var view = new PlainLines(Screen(Terminal.None), _time);
        view.Show(At(1000));
        _time.Advance(TimeSpan.FromSeconds(3));
        view.Show(At(1000));
        Assert.Equal("", _output.ToString());

        view.Show(At(2000));
        _time.Advance(TimeSpan.FromSeconds(3));
        view.Show(At(2000));

        Assert.Equal("2,000 rows\n", _output.ToString());
    }

    [Fact]
    public void A_terminal_gets_one_line_that_is_written_over()
    {
        var view = new LiveLine(Screen(new Terminal(true, false, () => 100)), _time);

        view.Show(At(25_000, total: 100_000, rate: 1000));
        view.Show(At(26_000, total: 100_000, rate: 1000));
        _time.Advance(TimeSpan.FromMilliseconds(100));
        view.Show(At(50_000, total: 100_000, rate: 1000));

        Assert.Equal(
            "\r\u001b[K━━━━━━──────────────────  25,000 of 100,000 rows (25 %), 1,000 rows/s, 1 min 15 s left"
            + "\r\u001b[K━━━━━━━━━━━━────────────  50,000 of 100,000 rows (50 %), 1,000 rows/s, 50 s left",
            _output.ToString());
    }

    [Fact]
    public void A_line_that_follows_takes_the_live_one_s_place()
    {
        var screen = Screen(new Terminal(true, false, () => 100));
        new LiveLine(screen, _time).Show(At(5));

        screen.WriteLine("Completed.");

        Assert.EndsWith("5 rows\r\u001b[KCompleted.\n", _output.ToString());
    }

    [Fact]
    public void A_narrow_terminal_gets_no_more_than_a_line()
    {
        new LiveLine(Screen(new Terminal(true, false, () => 40)), _time).Show(At(1, total: 1_000_000_000, rate: 1));

        Assert.Equal(39, _output.ToString().Length - "\r\u001b[K".Length);
    }

    [Fact]
    public void Only_a_terminal_that_wants_colour_gets_it()
    {
        new LiveLine(Screen(new Terminal(true, true, () => 100)), _time).Show(At(1, total: 2));

        Assert.Contains("\u001b[32m━━━━━━━━━━━━────────────  \u001b[0m1 of 2 rows (50 %)", _output.ToString());
    }

    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(0.812, "812 ms")]
    [InlineData(1, "1.0 s")]
    [InlineData(59.9, "59.9 s")]
    [InlineData(65, "1 min 05 s")]
    [InlineData(3600, "1 h 00 min")]
    [InlineData(360_000, "100 h 00 min")]
    public void Durations_are_short(double seconds, string text) => Assert.Equal(text, Phrase.Duration(TimeSpan.FromSeconds(seconds)));

    private Screen Screen(Terminal terminal) => new(_output, TextWriter.Null, terminal);

    private static RunProgress At(long rows, long? total = null, double? rate = null) =>
        new("0a1b2c3d4e", "give-role", new RunCounters(rows, rows, rows / 10, total, TimeSpan.Zero), rate);
}
