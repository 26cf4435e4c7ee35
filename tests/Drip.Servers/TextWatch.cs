using System.Text;

namespace Drip.Servers;

/// <summary>Looks for a text in bytes that come in pieces.</summary>
internal sealed class TextWatch(string text)
{
    private readonly byte[] _text = Encoding.ASCII.GetBytes(text);
    private byte[] _rest = [];

    /// <summary>Whether the text ends in this piece.</summary>
    public bool Sees(ReadOnlySpan<byte> piece)
    {
        byte[] all = [.. _rest, .. piece];
        var keep = Math.Min(all.Length, _text.Length - 1);
        _rest = all[^keep..];
        return all.AsSpan().IndexOf(_text) >= 0;
    }
}
