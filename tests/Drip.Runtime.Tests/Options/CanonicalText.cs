using Drip.Options;
using static Drip.Runtime.Tests.Options.OptionsUnderTest;

namespace Drip.Runtime.Tests.Options;

public sealed class CanonicalText
{
    [Theory]
    [InlineData(OptionType.Int32, "030", "30")]
    [InlineData(OptionType.Int32, "-0", "0")]
    [InlineData(OptionType.Double, "1e3", "1000.0")]
    [InlineData(OptionType.Double, "-0.0", "0")]
    [InlineData(OptionType.Single, ".5", "0.50")]
    [InlineData(OptionType.Decimal, "1.500", "+1.5")]
    [InlineData(OptionType.Decimal, "-0.00", "0")]
    [InlineData(OptionType.Boolean, "yes", "1")]
    [InlineData(OptionType.Time, "9:30", "09:30:00.000")]
    [InlineData(OptionType.DateTime, "2030-01-15", "2030-01-15T02:00:00+02:00")]
    [InlineData(OptionType.DateTimeOffset, "2030-01-15 10:30", "2030-01-15T10:30:00.000Z")]
    [InlineData(OptionType.Guid, "6F9619FF8B86D011B42D00C04FC964FF", "{6f9619ff-8b86-d011-b42d-00c04fc964ff}")]
    [InlineData(OptionType.Enum, "blue", "-7")]
    [InlineData(OptionType.EnumArray, "red, 2", "Red,green")]
    public void Texts_that_mean_one_value_are_one_text(OptionType type, string one, string other) =>
        Assert.Equal(Parse(Option(type), one).Canonical, Parse(Option(type), other).Canonical);

    [Fact]
    public void Names_are_sorted_and_only_what_was_given_is_there()
    {
        var job = Job(
            new OptionInfo("zone", "Zone", OptionType.Text), new OptionInfo("age", "Age", OptionType.Int32),
            new OptionInfo("unused", "Unused", OptionType.Text));

        var parsed = OptionParser.Parse(job, new Dictionary<string, string?> { ["zone"] = "a\"b\né", ["age"] = "7" });
        Assert.Equal("""{"age":"7","zone":"a\"b\né"}""", parsed.Canonical);
    }

    [Fact]
    public void A_secret_is_masked_in_the_text_and_in_messages()
    {
        var secret = Option(OptionType.Text) with { IsSecret = true, MinLength = 8 };

        Assert.Equal("""{"value":"***"}""", Parse(secret, "hunter2-hunter2").Canonical);
        Assert.Equal("hunter2-hunter2", Value(secret, "hunter2-hunter2"));
        var error = Refused(secret, "hunter2");
        Assert.DoesNotContain("hunter2", error.Message + error.Remedy);
        Assert.Contains("***", error.Message);
    }

    [Fact]
    public void A_message_shows_no_control_characters_and_no_endless_value()
    {
        Assert.DoesNotContain('\u001b', Refused(Option(OptionType.Int32), "\u001b[31m7").Message);
        Assert.True(Refused(Option(OptionType.Int32), new string('9', 10_000)).Message.Length < 200);
    }
}
