using System.Text.RegularExpressions;
using Drip.Generators.Tests.Harness;

namespace Drip.Generators.Tests.PlanLocks;

public sealed partial class BodyHashes
{
    [Theory]
    [InlineData("{ Left( ) ;\n\n }")]
    [InlineData("{ /* why */ Left(); // so\n }")]
    public void Spaces_line_breaks_and_comments_do_not_matter(string body) => Assert.Equal(HashOf("{ Left(); }"), HashOf(body));

    [Theory]
    [InlineData("{ Right(); }")]
    [InlineData("{ Left(); Left(); }")]
    [InlineData("=> Left();")]
    [InlineData("{ }")]
    public void Every_other_change_of_a_body_does(string body) => Assert.NotEqual(HashOf("{ Left(); }"), HashOf(body));

    [Fact]
    public void Tokens_are_not_run_together() => Assert.NotEqual(HashOf("{ _ = new[] { 1, 11 }; }"), HashOf("{ _ = new[] { 11, 1 }; }"));

    [Fact]
    public void The_same_body_has_the_same_hash_on_every_machine() => Assert.Equal("1491b494b2960668", HashOf("{ Left(); }"));

    private static string HashOf(string body) => FirstBody().Match(Locking.Of(Plan.Edited("void Seed() { }", $"void Seed() {body}"))).Groups[1].Value;

    [GeneratedRegex("step Seed\n *body ([0-9a-f]{16})\n")]
    private static partial Regex FirstBody();
}
