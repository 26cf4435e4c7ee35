using static Drip.Runtime.Tests.Options.OptionsUnderTest;

namespace Drip.Runtime.Tests.Options;

public sealed class ReadingValues
{
    public static TheoryData<OptionType, string, object> Accepted => new()
    {
        { OptionType.Text, "", "" },
        { OptionType.Text, " a b ", " a b " },
        { OptionType.Text, "naïve 🙂", "naïve 🙂" },
        { OptionType.Int32, "0", 0 },
        { OptionType.Int32, "030", 30 },
        { OptionType.Int32, "+5", 5 },
        { OptionType.Int32, "-2147483648", int.MinValue },
        { OptionType.Int32, "2147483647", int.MaxValue },
        { OptionType.Int64, "9223372036854775807", long.MaxValue },
        { OptionType.Int64, "-9223372036854775808", long.MinValue },
        { OptionType.Single, "1.5", 1.5f },
        { OptionType.Double, "-1e-3", -0.001 },
        { OptionType.Double, "1.7976931348623157E+308", double.MaxValue },
        { OptionType.Double, "5E-324", double.Epsilon },
        { OptionType.Decimal, "79228162514264337593543950335", decimal.MaxValue },
        { OptionType.Decimal, "1.10", 1.10m },
        { OptionType.Boolean, "true", true },
        { OptionType.Boolean, "YES", true },
        { OptionType.Boolean, "on", true },
        { OptionType.Boolean, "1", true },
        { OptionType.Boolean, "False", false },
        { OptionType.Boolean, "no", false },
        { OptionType.Boolean, "off", false },
        { OptionType.Boolean, "0", false },
        { OptionType.Date, "2024-02-29", new DateOnly(2024, 2, 29) },
        { OptionType.Time, "10:30", new TimeOnly(10, 30) },
        { OptionType.Time, "9:05", new TimeOnly(9, 5) },
        { OptionType.Time, "10:30:05", new TimeOnly(10, 30, 5) },
        { OptionType.Time, "10:30:05.123", new TimeOnly(10, 30, 5, 123) },
        { OptionType.Time, "23:59:59.9999999", TimeOnly.MaxValue },
        { OptionType.DateTime, "2030-01-15", new DateTime(2030, 1, 15, 0, 0, 0, DateTimeKind.Utc) },
        { OptionType.DateTime, "2030-01-15 10:30", new DateTime(2030, 1, 15, 10, 30, 0, DateTimeKind.Utc) },
        { OptionType.DateTime, "2030-01-15T10:30:05.5", new DateTime(2030, 1, 15, 10, 30, 5, 500, DateTimeKind.Utc) },
        { OptionType.DateTime, "2030-01-15T10:30+02:00", new DateTime(2030, 1, 15, 8, 30, 0, DateTimeKind.Utc) },
        { OptionType.DateTimeOffset, "2030-01-15", new DateTimeOffset(2030, 1, 15, 0, 0, 0, TimeSpan.Zero) },
        { OptionType.DateTimeOffset, "2030-01-15 10:30Z", new DateTimeOffset(2030, 1, 15, 10, 30, 0, TimeSpan.Zero) },
        { OptionType.DateTimeOffset, "2030-01-15T10:30:00+02:00", new DateTimeOffset(2030, 1, 15, 10, 30, 0, TimeSpan.FromHours(2)) },
        { OptionType.DateTimeOffset, "2030-01-15T10:30-05:30", new DateTimeOffset(2030, 1, 15, 10, 30, 0, new TimeSpan(-5, -30, 0)) },
        { OptionType.Guid, "6f9619ff8b86d011b42d00c04fc964ff", Guid.Parse("6f9619ff-8b86-d011-b42d-00c04fc964ff") },
        { OptionType.Guid, "{6F9619FF-8B86-D011-B42D-00C04FC964FF}", Guid.Parse("6f9619ff-8b86-d011-b42d-00c04fc964ff") },
        { OptionType.Enum, "Green", 2L },
        { OptionType.Enum, "blue", -7L },
        { OptionType.Enum, "-7", -7L },
        { OptionType.EnumArray, "red, BLUE", new[] { 1L, -7L } },
        { OptionType.EnumArray, "", Array.Empty<long>() },
    };

    public static TheoryData<OptionType, string> Malformed => new()
    {
        { OptionType.Int32, "" },
        { OptionType.Int32, "2147483648" },
        { OptionType.Int32, "1.0" },
        { OptionType.Int32, "1,000" },
        { OptionType.Int32, "0x10" },
        { OptionType.Int32, "٣" },
        { OptionType.Int64, "9223372036854775808" },
        { OptionType.Single, "1e39" },
        { OptionType.Double, "NaN" },
        { OptionType.Double, "Infinity" },
        { OptionType.Double, "-∞" },
        { OptionType.Double, "1e309" },
        { OptionType.Double, "1,5" },
        { OptionType.Decimal, "79228162514264337593543950336" },
        { OptionType.Boolean, "2" },
        { OptionType.Boolean, "yep" },
        { OptionType.Date, "2023-02-29" },
        { OptionType.Date, "15/01/2030" },
        { OptionType.Date, "2030-1-5" },
        { OptionType.Time, "24:00" },
        { OptionType.Time, "10" },
        { OptionType.Time, "10:30 PM" },
        { OptionType.DateTime, "2030-01-15 25:00" },
        { OptionType.DateTime, "tomorrow" },
        { OptionType.DateTimeOffset, "2030-01-15T10:30+15:00" },
        { OptionType.DateTimeOffset, "2030-13-01" },
        { OptionType.Guid, "6f9619ff" },
        { OptionType.Enum, "Purple" },
        { OptionType.Enum, "3" },
        { OptionType.Enum, "" },
        { OptionType.EnumArray, "red,,blue" },
        { OptionType.EnumArray, "red,purple" },
    };

    [Theory, MemberData(nameof(Accepted))]
    public void A_value_is_read_as_its_type(OptionType type, string text, object expected)
    {
        var value = Value(Option(type), text);

        Assert.Equal(expected, value);
        if (expected is DateTimeOffset instant) Assert.Equal(instant.Offset, ((DateTimeOffset)value!).Offset);
        if (expected is DateTime) Assert.Equal(DateTimeKind.Utc, ((DateTime)value!).Kind);
    }

    [Theory, MemberData(nameof(Malformed))]
    public void A_text_that_is_no_such_value_is_refused_and_what_is_allowed_is_said(OptionType type, string text)
    {
        var error = Refused(Option(type), text);

        Assert.Equal("malformed-option", error.Code);
        Assert.Contains($"'{text}'", error.Message);
        Assert.StartsWith("Give --value ", error.Remedy);
    }

    [Theory, MemberData(nameof(Accepted))]
    public void The_canonical_text_of_a_value_is_that_value(OptionType type, string text, object expected)
    {
        var canonical = Parse(Option(type), text).Canonical;
        var written = System.Text.Json.JsonDocument.Parse(canonical).RootElement.GetProperty("value").GetString();

        Assert.Equal(expected, Value(Option(type), written));
        Assert.Equal(canonical, Parse(Option(type), written).Canonical);
    }

    [Fact]
    public void Values_do_not_depend_on_the_culture_of_the_process()
    {
        foreach (var culture in new[] { "fi-FI", "tr-TR", "fa-IR" })
        {
            In(culture, () =>
            {
                foreach (var row in Accepted)
                {
                    var (type, text, expected) = row.Data;
                    Assert.Equal(expected, Value(Option(type), text));
                    var canonical = Parse(Option(type), text).Canonical;
                    In("", () => Assert.Equal(Parse(Option(type), text).Canonical, canonical));
                }

                foreach (var row in Malformed) Refused(Option(row.Data.Item1), row.Data.Item2);
            });
        }
    }

    [Fact]
    public void A_bare_flag_is_true() => Assert.Equal(true, Value(Option(OptionType.Boolean), null));

    [Fact]
    public void An_option_other_than_a_flag_needs_a_value() =>
        Assert.Equal("option-without-value", Refused(Option(OptionType.Int32), null).Code);

    [Theory]
    [InlineData(OptionType.Int32)]
    [InlineData(OptionType.Boolean)]
    [InlineData(OptionType.Date)]
    [InlineData(OptionType.Enum)]
    [InlineData(OptionType.EnumArray)]
    public void An_empty_text_is_no_value_where_there_may_be_none(OptionType type)
    {
        var parsed = Parse(Option(type) with { IsNullable = true }, "");

        Assert.True(parsed.Values.Has(0));
        Assert.Null(parsed.Values[0]);
    }

    [Fact]
    public void An_empty_text_is_a_text() => Assert.Equal("", Value(Option(OptionType.Text) with { IsNullable = true }, ""));

    [Fact]
    public void A_member_of_an_enum_that_is_spelt_exactly_goes_before_one_that_differs_in_case()
    {
        var option = Option(OptionType.Enum) with { Choices = [new("A", 1), new("a", 2)] };

        Assert.Equal(2L, Value(option, "a"));
    }
}
