using System;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Drip.Generators.Parsing;

/// <summary>The SHA-256 of all that is added, which no accident makes equal to that of something else.</summary>
internal sealed class Digest : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = new byte[4096];
    private int _length;

    public void Add(long value)
    {
        Span<long> one = [value];
        Add(MemoryMarshal.AsBytes(one));
    }

    /// <summary>Adds a text with its length, so that two texts are never taken for two others.</summary>
    public void Add(string? text)
    {
        Add(text?.Length ?? -1L);
        Add(MemoryMarshal.AsBytes(text.AsSpan()));
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (_length == _buffer.Length) Flush();
            var part = bytes.Slice(0, Math.Min(bytes.Length, _buffer.Length - _length));
            part.CopyTo(_buffer.AsSpan(_length));
            _length += part.Length;
            bytes = bytes.Slice(part.Length);
        }
    }

    public byte[] Finish()
    {
        Flush();
        return _hash.GetHashAndReset();
    }

    public void Dispose() => _hash.Dispose();

    private void Flush()
    {
        _hash.AppendData(_buffer, 0, _length);
        _length = 0;
    }
}
