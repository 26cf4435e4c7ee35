using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace Drip.Sqlite.Versions;

/// <summary>Bytes that grow: whole numbers in as few bytes as they need, texts in UTF-8 with their length before them.</summary>
internal sealed class ByteWriter
{
    private byte[] _bytes = new byte[256];

    /// <summary>How many bytes were written.</summary>
    public int Length { get; private set; }

    /// <summary>What was written; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>The array that <see cref="Written"/> is the beginning of; another one after the next write.</summary>
    public byte[] Array => _bytes;

    public void Clear() => Length = 0;

    public void Byte(byte value) => Room(1)[0] = value;

    public void Varint(ulong value)
    {
        while (value >= 0x80)
        {
            Byte((byte)(value | 0x80));
            value >>= 7;
        }

        Byte((byte)value);
    }

    /// <summary>A number that may be negative; small ones of either sign are short.</summary>
    public void Number(long value) => Varint((ulong)((value << 1) ^ (value >> 63)));

    public void Fixed(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Room(8), value);

    public void Bytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Room(bytes.Length));

    public void Guid(Guid value) => value.TryWriteBytes(Room(16));

    /// <summary>A text. One that is no valid UTF-16 is kept as it is: the last bit of the length says which form follows.</summary>
    public void Text(string value)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(value.Length));
        if (Utf8.FromUtf16(value, bytes, out _, out var length, replaceInvalidSequences: false) == OperationStatus.Done)
        {
            Varint((ulong)length << 1);
            Bytes(bytes.AsSpan(0, length));
        }
        else
        {
            Varint(((ulong)value.Length * sizeof(char) << 1) | 1);
            Bytes(MemoryMarshal.AsBytes(value.AsSpan()));
        }

        ArrayPool<byte>.Shared.Return(bytes);
    }

    /// <summary>A set of columns: seven bits a byte, as far as there are bits.</summary>
    public void Columns(ColumnSet columns)
    {
        var left = columns.Count;
        for (var first = 0; ; first += 7)
        {
            byte bits = 0;
            for (var bit = 0; bit < 7 && first + bit < ColumnSet.Capacity; bit++)
            {
                if (!columns.Contains(first + bit)) continue;
                bits |= (byte)(1 << bit);
                left--;
            }

            Byte(left > 0 ? (byte)(bits | 0x80) : bits);
            if (left == 0) return;
        }
    }

    private Span<byte> Room(int count)
    {
        if (_bytes.Length - Length < count) System.Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
        var room = _bytes.AsSpan(Length, count);
        Length += count;
        return room;
    }
}
