using Drip.Data;
using FsCheck;
using FsCheck.Fluent;

namespace Drip.Runtime.Tests.Data;

public sealed class KeyTexts
{
    private static readonly Gen<object> Part = Gen.OneOf(
        ArbMap.Default.GeneratorFor<long>().Select(value => (object)value),
        Gen.Elements<object>(long.MinValue, long.MaxValue, 0L, "", "a\"b\\c", "\0", "漢字 😀 \u2028", "null", "[1]", DateTime.MinValue, DateTime.MaxValue, Guid.Empty, double.Epsilon, -0.0, double.MaxValue),
        ArbMap.Default.GeneratorFor<double>().Where(double.IsFinite).Select(value => (object)value),
        ArbMap.Default.GeneratorFor<string>().Select(value => (object)string.Concat((value ?? "").Where(c => !char.IsSurrogate(c)))),
        ArbMap.Default.GeneratorFor<Guid>().Select(value => (object)value),
        ArbMap.Default.GeneratorFor<DateTime>().Select(value => (object)value),
        ArbMap.Default.GeneratorFor<byte[]>().Select(value => (object)value));

    [Fact]
    public void Every_key_is_read_back_from_its_text() =>
        Prop.ForAll(Part.NonEmptyListOf().ToArbitrary(), parts =>
        {
            var key = Key.Of([.. parts]);

            Assert.Equal(key, KeyText.Read(KeyText.Write(key)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_kind_of_a_moment_is_kept()
    {
        foreach (var kind in Enum.GetValues<DateTimeKind>())
        {
            var moment = new DateTime(2024, 2, 29, 12, 0, 0, 123, kind);

            Assert.Equal(kind, ((DateTime)KeyText.Read(KeyText.Write(moment)).Parts[0]).Kind);
        }
    }

    [Theory]
    [InlineData(42L, "[42]")]
    [InlineData("eu", "[\"eu\"]")]
    [InlineData(1.5, "[{\"real\":\"1.5\"}]")]
    public void Plain_keys_look_plain(object part, string text) => Assert.Equal(text, KeyText.Write(Key.Of(part)));

    [Theory]
    [InlineData("[{}]")]
    [InlineData("[{\"color\":\"red\"}]")]
    public void A_part_that_nobody_knows_is_refused(string text) => Assert.Throws<FormatException>(() => KeyText.Read(text));
}
