namespace Drip.Runtime.Tests.Models;

public sealed class Keys
{
    [Fact]
    public void Keys_are_equal_by_their_parts()
    {
        Assert.Equal((Key)42, Key.Of(42));
        Assert.Equal(Key.Of(42L), Key.Of(42));
        Assert.Equal(Key.Of("eu", 1, new byte[] { 1, 2 }), Key.Of("eu", 1L, new byte[] { 1, 2 }));
        Assert.Equal(Key.Of("eu", 1, new byte[] { 1, 2 }).GetHashCode(), Key.Of("eu", 1L, new byte[] { 1, 2 }).GetHashCode());
        Assert.NotEqual(Key.Of("eu", 1), Key.Of(1, "eu"));
        Assert.NotEqual(Key.Of("eu"), Key.Of("eu", 1));
        Assert.NotEqual((Key)"42", (Key)42);
        Assert.NotEqual(Key.Of(new byte[] { 1 }), Key.Of(new byte[] { 2 }));
        Assert.True((Key)42 == Key.Of(42) && (Key)42 != (Key)43 && (Key?)null != (Key)42);
    }

    [Fact]
    public void Keys_are_shown_as_people_write_them()
    {
        Assert.Equal("42", ((Key)42).ToString());
        Assert.Equal("(eu, 42)", Key.Of("eu", 42).ToString());
        Assert.Equal("2024-02-29 12:00:00.5", ((Key)new DateTime(2024, 2, 29, 12, 0, 0, 500)).ToString());
        Assert.Equal("x'01FF'", Key.Of(new byte[] { 1, 255 }).ToString());
        Assert.Equal("1.5", Key.Of(1.5).ToString());
    }

    [Fact]
    public void What_cannot_be_a_key_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Key.Of());
        Assert.Throws<ArgumentException>(() => Key.Of(1, null));
        Assert.Throws<ArgumentException>(() => Key.Of(1.5m));
        Assert.Throws<ArgumentException>(() => (Key)(string)null!);
    }
}
