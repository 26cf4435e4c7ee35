using System.CommandLine;
using Drip.Hosting.Commands.Help;

namespace Drip.Hosting.Tests;

public sealed class HelpPages
{
    [Fact]
    public void A_page_has_a_section_for_all_that_a_command_takes() => Assert.Equal(
        """
        Description:
          Copies things

        Usage:
          tools copy <from>... [<to> [<at-once>]] [command] [options]

        Arguments:
          <from>        What is copied
          <here|there>  Where to [default: here]
          <at-once>     Does not wait

        Options:
          -d, -w, --depth, --while <levels> (required)  How deep
          -q, --quiet                                   Says nothing
          --colour <always|never>                       [default: never]
          --as <as>                                     Under which name
          --trace                                       Says everything

        Commands:
          again, once-more <times>  Copies again


        """, Page(Copy(), int.MaxValue), ignoreLineEndingDifferences: true);

    [Fact]
    public void Options_that_stay_with_the_commands_above_are_not_on_the_page()
    {
        var below = Copy().Subcommands.Single(command => command.Name == "again");

        var page = Page(below, int.MaxValue);

        Assert.DoesNotContain("--depth", page);
        Assert.Contains("--trace", page);
        Assert.Contains("tools copy <from>... [<to> [<at-once>]] again <times> [options]", page);
    }

    [Fact]
    public void What_is_hidden_is_not_on_the_page()
    {
        var page = Page(Copy(), int.MaxValue);

        Assert.DoesNotContain("secret", page);
    }

    [Fact]
    public void A_command_without_anything_has_no_sections_for_it() =>
        Assert.Equal("Usage:\n  bare\n\n", Page(new Command("bare"), 80).ReplaceLineEndings("\n"));

    [Theory]
    [InlineData(20)]
    [InlineData(34)]
    [InlineData(60)]
    [InlineData(100)]
    public void No_line_is_longer_than_the_width(int width) =>
        Assert.All(Page(Copy(), width).ReplaceLineEndings("\n").Split('\n'), line => Assert.InRange(line.Length, 0, width));

    [Fact]
    public void Every_word_is_there_at_every_width()
    {
        static string Letters(string page) => string.Concat(page.Where(letter => !char.IsWhiteSpace(letter)).Order());
        var whole = Letters(Page(Copy(), int.MaxValue));

        for (var width = 1; width < 120; width++) Assert.Equal(whole, Letters(Page(Copy(), width)));
    }

    [Fact]
    public void A_meaning_goes_on_below_itself() => Assert.Equal(
        ["--a    one two", "       three", "--bcd  four"], TableOf(15, ("--a", "one two three"), ("--bcd", "four")));

    [Fact]
    public void A_label_that_needs_more_than_half_goes_on_below_itself() => Assert.Equal(
        ["--abcde  one two", "--fghij  three"], TableOf(16, ("--abcde --fghij", "one two three")));

    [Fact]
    public void A_label_may_have_what_the_meanings_do_not_need() => Assert.Equal(
        ["--abcde --fghij  one"], TableOf(20, ("--abcde --fghij", "one")));

    [Fact]
    public void A_text_keeps_its_own_lines() => Assert.Equal(["one", "", "two"], HelpTable.Wrapped("one\n\ntwo", 10));

    private static string[] TableOf(int width, params (string Label, string Meaning)[] rows)
    {
        var table = new HelpTable(width);
        foreach (var (label, meaning) in rows) table.Add(label, meaning);
        return [.. table.Lines()];
    }

    private static string Page(Command command, int width)
    {
        using var output = new StringWriter();
        new HelpPage(command, output, width).Write();
        return output.ToString();
    }

    private static Command Copy()
    {
        var to = new Argument<string>("to") { Description = "Where to", DefaultValueFactory = _ => "here" };
        to.CompletionSources.Add("here", "there");
        var colour = new Option<string>("--colour") { DefaultValueFactory = _ => "never" };
        colour.CompletionSources.Add("never", "always");
        var quiet = new Option<bool>("--quiet", "-q", "/q") { Description = "Says nothing" };
        quiet.CompletionSources.Add("true", "false");
        var copy = new Command("copy", "Copies things")
        {
            new Argument<string[]>("from") { Description = "What is copied", Arity = ArgumentArity.OneOrMore },
            to,
            new Argument<bool>("at-once") { Description = "Does not wait", DefaultValueFactory = _ => false },
            new Argument<string>("secret") { Hidden = true },
            new Option<int>("--depth", "-d", "-w", "--while") { Description = "How deep", HelpName = "levels", Required = true },
            quiet,
            colour,
            new Option<string>("--as") { Description = "Under which name" },
            new Option<bool>("--secret") { Hidden = true },
            Again(),
            new Command("secretly") { Hidden = true },
        };
        _ = new Command("tools") { copy, new Option<bool>("--trace") { Description = "Says everything", Recursive = true }, new Option<bool>("--top") };
        return copy;
    }

    private static Command Again()
    {
        var again = new Command("again", "Copies again") { new Argument<int>("times") };
        again.Aliases.Add("once-more");
        return again;
    }
}
