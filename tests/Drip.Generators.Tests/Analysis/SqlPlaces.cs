using static Drip.Generators.Tests.Analysis.SqlMarkup;

namespace Drip.Generators.Tests.Analysis;

/// <summary>A diagnostic stands on the word itself, however the string is written.</summary>
public sealed class SqlPlaces
{
    [Theory]
    [InlineData("$\"role = \\\"age\\\" AND\\n\\t{|DRIP4020:rolle|} = {name}\"")]
    [InlineData("$@\"role = \"\"age\"\" AND\n    {|DRIP4020:rolle|} = {name}\"")]
    [InlineData("$\"\"\"role = \"age\" AND {|DRIP4020:rolle|} = {name}\"\"\"")]
    [InlineData("$\"\"\"\n        role = \"age\"\n            AND {|DRIP4020:rolle|} = {name}\n        AND {|DRIP4020:salary|} > 3\n        \"\"\"")]
    [InlineData("$$\"\"\"\n    role = {{name}} AND\n\n      {|DRIP4020:rolle|} = 3\n    \"\"\"")]
    [InlineData("$\"role = {name}\" + $\" AND {|DRIP4020:rolle|} = 3\"")]
    [InlineData("($\"role = {name}\" + $\" AND age > 3\" + $\" AND {|DRIP4020:rolle|} = 3\")")]
    public Task The_word_is_found_in_every_form_of_string(string argument) => VerifyWhereAsync(argument);

    [Fact]
    public Task Where_an_escape_cannot_be_followed_the_text_around_the_word_is_reported() =>
        VerifyWhereAsync("$\"role = {name}{|DRIP4020: AND \\u0072olle = 3|}\"");

    [Fact]
    public async Task Then_no_fix_is_offered()
    {
        var found = await VerifyWhereAsync("$\"{|DRIP4020:\\u0072olle = |}{name}\"");

        Assert.Empty(found[0].Properties);
    }
}
