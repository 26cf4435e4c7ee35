using Drip.Options;
using static Drip.Runtime.Tests.Options.OptionsUnderTest;

namespace Drip.Runtime.Tests.Options;

/// <summary>The options of a run that is gone on with.</summary>
public sealed class StoredOptions
{
    private static readonly OptionInfo Secret = new("token", "Token", OptionType.Text) { IsSecret = true, MinLength = 3 };

    [Theory]
    [InlineData(OptionType.Text, "red, or ***")]
    [InlineData(OptionType.Text, "")]
    [InlineData(OptionType.Int64, "-5")]
    [InlineData(OptionType.Double, "1e-7")]
    [InlineData(OptionType.Decimal, "1.50")]
    [InlineData(OptionType.Boolean, "no")]
    [InlineData(OptionType.DateTimeOffset, "2030-01-15 10:30:00.1234567+02:00")]
    [InlineData(OptionType.Enum, "blue")]
    [InlineData(OptionType.EnumArray, "red,blue")]
    public void A_value_comes_back_as_it_was_given(OptionType type, string text)
    {
        var given = Parse(Option(type), text);

        var stored = OptionParser.FromStored(Job(Option(type)), given.Canonical, new Dictionary<string, string?>(), "resume x");

        Assert.Equal(given.Values[0], stored.Values[0]);
        Assert.Equal(given.Canonical, stored.Canonical);
    }

    [Fact]
    public void What_was_not_given_is_still_not_given()
    {
        var stored = OptionParser.FromStored(Job(Option(OptionType.Text), Secret), "{}", new Dictionary<string, string?>(), "resume x");

        Assert.False(stored.Values.Has(0) || stored.Values.Has(1));
    }

    [Fact]
    public void A_secret_must_be_given_again()
    {
        var error = Refused(new Dictionary<string, string?>());

        Assert.Equal("missing-secret", error.Code);
        Assert.Equal("The value of --token is a secret, and those are not stored.", error.Message);
        Assert.Equal("Give it again: retry 0abc --token …", error.Remedy);
    }

    [Fact]
    public void A_secret_that_is_given_again_is_checked_and_used()
    {
        var stored = OptionParser.FromStored(Job(Secret), Masked, new Dictionary<string, string?> { ["token"] = "hunter2" }, "retry 0abc");

        Assert.Equal(("hunter2", Masked), (stored.Values[0], stored.Canonical));
        Assert.Contains("***", Refused(new Dictionary<string, string?> { ["token"] = "hu" }).Message);
    }

    [Fact]
    public void A_secret_that_the_run_did_not_have_is_refused()
    {
        var error = Refused(new Dictionary<string, string?> { ["token"] = "hunter2", ["other"] = "x" });

        Assert.Equal("The run was begun without --other.", error.Message);
    }

    [Fact]
    public void An_option_that_the_job_has_no_more_is_named()
    {
        var error = Assert.Throws<DripException>(() => OptionParser.FromStored(Job(), """{"gone":"1"}""", new Dictionary<string, string?>(), "retry 0abc"));

        Assert.Contains("has no option --gone", error.Message);
    }

    [Fact]
    public void Code_that_processes_no_rows_does_without_the_secret_ones()
    {
        var values = OptionParser.WithoutSecrets(Job(Secret with { IsRequired = true }), Masked).Values;

        Assert.False(values.Has(0));
    }

    private const string Masked = """{"token":"***"}""";

    private static DripException Refused(Dictionary<string, string?> secrets) =>
        Assert.Throws<DripException>(() => OptionParser.FromStored(Job(Secret), Masked, secrets, "retry 0abc"));
}
