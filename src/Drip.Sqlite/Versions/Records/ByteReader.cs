using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Drip.Sqlite.Versions;

/// <summary>Reads what <see cref="ByteWriter"/> wrote; an <see cref="InvalidDataException"/> says that the bytes are damaged.</summary>
internal struct ByteReader(byte[] bytes, int position, int end)
{
    /// <summary>The bytes that are read.</summary>
    public readonly byte[] Source => bytes;

    /// <summary>Where the next value begins.</summary>
    public int Position { get; private set; } = position;

    public readonly bool IsAtEnd => Position == end;

    public byte Byte() => Take(1)[0];

    public ulong Varint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }

        throw Damaged();
    }

    public long Number()
    {
        var value = Varint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public ulong Fixed() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public Guid Guid() => new(Take(16));

    public ReadOnlySpan<byte> Bytes() => Take(Length(Varint()));

    public string Text()
    {
        var length = Varint();
        var text = Take(Length(length >> 1));
        return (length & 1) == 0 ? Encoding.UTF8.GetString(text) : new string(MemoryMarshal.Cast<byte, char>(text));
    }

    public ColumnSet Columns()
    {
        var columns = default(ColumnSet);
        for (var first = 0; first < ColumnSet.Capacity; first += 7)
        {
            var bits = Byte();
            for (var bit = 0; bit < 7; bit++)
            {
                if ((bits & (1 << bit)) == 0) continue;
                if (first + bit >= ColumnSet.Capacity) throw Damaged();
                columns.Add(first + bit);
            }

            if (bits < 0x80) return columns;
        }

        throw Damaged();
    }

    /// <summary>Passes over a value.</summary>
    public void Skip(ValueForm form)
    {
        switch (form)
        {
            case ValueForm.Number: Varint(); break;
            case ValueForm.Fixed: Take(8); break;
            case ValueForm.Moment: Take(8); Varint(); break;
            case ValueForm.Guid: Take(16); break;
            case ValueForm.Decimal: Take(1); Varint(); Varint(); break;
            case ValueForm.Bytes: Take(Length(Varint())); break;
            case ValueForm.Text: Take(Length(Varint() >> 1)); break;
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > end - Position) throw Damaged();
        var taken = bytes.AsSpan(Position, count);
        Position += count;
        return taken;
    }

    private static int Length(ulong length) => length <= int.MaxValue ? (int)length : throw Damaged();

    private static InvalidDataException Damaged() => new("The bytes of a version end too early or cannot be what was written.");
}
