using System.Text.RegularExpressions;
using Drip.Options;
using static Drip.Runtime.Tests.Options.OptionsUnderTest;

namespace Drip.Runtime.Tests.Options;

public sealed class CheckingValues
{
    [Theory]
    [InlineData(OptionType.Int32, "0", "150", "0", "150", "-1", "151")]
    [InlineData(OptionType.Int64, "0", "150", "0", "150", "-1", "9223372036854775807")]
    [InlineData(OptionType.Double, "0", "1.5", "0", "1.5", "-1e-300", "1.5000001")]
    [InlineData(OptionType.Single, "0.1", "0.2", "0.1", "0.2", "0.09", "0.21")]
    [InlineData(OptionType.Decimal, "0.01", "9.99", "0.010", "9.99", "0.009", "9.991")]
    [InlineData(OptionType.Date, "2024-01-01", "2024-12-31", "2024-01-01", "2024-12-31", "2023-12-31", "2025-01-01")]
    [InlineData(OptionType.Time, "08:00", "18:00", "8:00", "18:00:00", "07:59:59", "18:00:00.001")]
    [InlineData(OptionType.DateTimeOffset, "2024-01-01", "2024-12-31", "2024-01-01T02:00+02:00", "2024-12-31", "2024-01-01T01:00+02:00", "2025-01-01")]
    public void A_range_holds_its_bounds_and_nothing_beyond(
        OptionType type, string minimum, string maximum, string lowest, string highest, string below, string above)
    {
        var option = Option(type) with { Minimum = minimum, Maximum = maximum };

        Assert.NotNull(Value(option, lowest));
        Assert.NotNull(Value(option, highest));
        Assert.Equal("option-out-of-range", Refused(option, below).Code);
        var error = Refused(option, above);
        Assert.Equal("option-out-of-range", error.Code);
        Assert.Contains($"'{above}' of --value is above {maximum}", error.Message);
        Assert.Contains($"from {minimum} to {maximum}", error.Remedy);
    }

    [Fact]
    public void An_exclusive_bound_is_itself_refused()
    {
        var option = Option(OptionType.Double) with { Minimum = "0", MinimumIsExclusive = true, Maximum = "1", MaximumIsExclusive = true };

        Assert.Equal(0.5, Value(option, "0.5"));
        Assert.Contains("is not above 0", Refused(option, "0").Message);
        Assert.Contains("is not below 1", Refused(option, "1").Message);
    }

    [Fact]
    public void A_bound_beyond_the_type_is_no_bound()
    {
        var option = Option(OptionType.Decimal) with { Minimum = "0", Maximum = "1.7976931348623157E+308" };

        Assert.Equal(decimal.MaxValue, Value(option, "79228162514264337593543950335"));
        Refused(option, "-1");
    }

    [Theory]
    [InlineData("ab", true)]
    [InlineData("abcd", true)]
    [InlineData("a", false)]
    [InlineData("abcde", false)]
    public void A_text_has_a_length(string text, bool isAllowed)
    {
        var option = Option(OptionType.Text) with { MinLength = 2, MaxLength = 4 };

        if (isAllowed) Assert.Equal(text, Value(option, text));
        else Assert.Equal("Give --value a text of 2 to 4 characters.", Refused(option, text).Remedy);
    }

    [Fact]
    public void A_list_has_a_length()
    {
        var option = Option(OptionType.EnumArray) with { MaxLength = 1 };

        Assert.Equal("option-length", Refused(option, "red,green").Code);
    }

    [Fact]
    public void A_text_matches_its_pattern()
    {
        var option = Option(OptionType.Text) with { Pattern = "[A-Z]{3}", Matches = text => Regex.IsMatch(text, "^[A-Z]{3}$") };

        Assert.Equal("EUR", Value(option, "EUR"));
        var error = Refused(option, "euro");
        Assert.Equal("option-pattern", error.Code);
        Assert.Contains("[A-Z]{3}", error.Remedy);
    }

    [Fact]
    public void A_pattern_that_takes_too_long_refuses()
    {
        var option = Option(OptionType.Text) with { Matches = _ => throw new RegexMatchTimeoutException() };

        Assert.Equal("option-pattern", Refused(option, "aaaa").Code);
    }

    [Fact]
    public void A_text_with_choices_is_one_of_them()
    {
        var option = Option(OptionType.Text) with { Choices = [new("dev", 0), new("prod", 1)] };

        Assert.Equal("prod", Value(option, "prod"));
        var error = Refused(option, "Prod");
        Assert.Equal("option-choice", error.Code);
        Assert.Equal("Give --value one of dev, prod.", error.Remedy);
    }

    [Fact]
    public void The_author_s_own_message_stands_for_the_reason()
    {
        var option = Option(OptionType.Int32) with { Maximum = "5", ErrorMessage = "{0} is too much for us." };

        Assert.Equal("The value '6' of --value is refused: Value is too much for us.", Refused(option, "6").Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void A_required_text_is_not_answered_by_an_empty_one(string text) =>
        Assert.Equal("missing-option", Refused(Option(OptionType.Text) with { IsRequired = true }, text).Code);

    [Fact]
    public void A_required_option_must_be_given()
    {
        var job = Job(Option(OptionType.Int32) with { IsRequired = true });

        var error = Assert.Throws<DripException>(() => OptionParser.Parse(job, new Dictionary<string, string?>()));
        Assert.Equal("missing-option", error.Code);
        Assert.Equal("--value is required and was not given.", error.Message);
    }

    [Fact]
    public void A_required_question_is_answered_by_false_but_not_by_silence()
    {
        var option = Option(OptionType.Boolean) with { IsRequired = true, Default = "false", DefaultIsOwn = true };

        Assert.Equal(false, Value(option, "false"));
        Assert.Throws<DripException>(() => OptionParser.Parse(Job(option), new Dictionary<string, string?>()));
    }

    [Fact]
    public void A_required_option_with_a_default_may_be_left_out()
    {
        var job = Job(Option(OptionType.Text) with { IsRequired = true, Default = "eng", DefaultIsOwn = true });

        Assert.False(OptionParser.Parse(job, new Dictionary<string, string?>()).Values.Has(0));
    }

    [Fact]
    public void A_declared_default_is_applied_as_if_given()
    {
        var job = Job(Option(OptionType.Int32) with { Default = "30" });

        var parsed = OptionParser.Parse(job, new Dictionary<string, string?>());
        Assert.Equal(30, parsed.Values.Get<int>(0));
        Assert.Equal("""{"value":"30"}""", parsed.Canonical);
    }

    [Fact]
    public void A_default_of_the_author_s_own_is_left_to_the_author()
    {
        var job = Job(Option(OptionType.Int32) with { Default = "30", DefaultIsOwn = true });

        var parsed = OptionParser.Parse(job, new Dictionary<string, string?>());
        Assert.False(parsed.Values.Has(0));
        Assert.Equal("{}", parsed.Canonical);
    }

    [Fact]
    public void An_unknown_name_is_refused_and_the_nearest_offered()
    {
        var job = Job(new OptionInfo("department", "Department", OptionType.Text));

        var error = Assert.Throws<DripException>(() => OptionParser.Parse(job, new Dictionary<string, string?> { ["departmnet"] = "eng" }));
        Assert.Equal("unknown-option", error.Code);
        Assert.Equal("The job paint has no option --departmnet.", error.Message);
        Assert.StartsWith("Did you mean --department?", error.Remedy);
    }

    [Fact]
    public void All_mistakes_are_said_at_once()
    {
        var job = Job(
            new OptionInfo("age", "Age", OptionType.Int32), new OptionInfo("name", "Name", OptionType.Text) { IsRequired = true });

        var error = Assert.Throws<DripException>(() =>
            OptionParser.Parse(job, new Dictionary<string, string?> { ["age"] = "old", ["colour"] = "red" }));
        Assert.Equal("invalid-options", error.Code);
        Assert.Equal(3, error.Message.Split('\n').Length);
        Assert.Equal(3, error.Remedy.Split('\n').Length);
    }
}
