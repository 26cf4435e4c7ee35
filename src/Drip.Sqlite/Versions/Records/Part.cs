using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Drip.Sqlite.Versions;

/// <summary>
/// Bytes as a row holds them: a checksum before them tells damage, which the database file itself would not. It also covers the
/// row's key, so that bytes in another row's place are damage as well.
/// </summary>
internal static class Part
{
    private const int Head = sizeof(uint);

    /// <summary>Begins a part.</summary>
    public static void Begin(ByteWriter target)
    {
        target.Clear();
        target.Bytes([0, 0, 0, 0]);
    }

    /// <summary>Whether nothing was written since the part was begun.</summary>
    public static bool IsEmpty(ByteWriter target) => target.Length == Head;

    /// <summary>Writes the checksum; the part is what was written.</summary>
    public static void End(ByteWriter target, long run, long number, int part) =>
        BinaryPrimitives.WriteUInt32LittleEndian(target.Array, Checksum(target.Written[Head..], run, number, part));

    /// <summary>Checks a part, and reads from behind the checksum.</summary>
    public static ByteReader Open(byte[] bytes, long run, long number, int part)
    {
        if (bytes.Length < Head || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Checksum(bytes.AsSpan(Head), run, number, part))
        {
            throw new InvalidDataException($"The bytes of version {number} do not have their checksum.");
        }

        return new ByteReader(bytes, Head, bytes.Length);
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes, long run, long number, int part)
    {
        var sum = BitOperations.Crc32C(BitOperations.Crc32C(BitOperations.Crc32C(~0u, (ulong)run), (ulong)number), (uint)part);
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words) sum = BitOperations.Crc32C(sum, word);
        foreach (var rest in bytes[(words.Length * sizeof(ulong))..]) sum = BitOperations.Crc32C(sum, rest);
        return ~sum;
    }
}
