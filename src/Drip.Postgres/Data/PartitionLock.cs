using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Drip.Postgres.Data;

/// <summary>The server's advisory locks that Drip takes for a run and for its partitions, as numbers.</summary>
internal static class PartitionLock
{
    /// <summary>The lock of those who change which partitions a run has.</summary>
    public static long KeyOf(string run) => Hash("run " + run);

    // 64 bits of a good hash: an author's own lock does not meet one by chance.
    private static long Hash(string text) => BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes("drip " + text)));
}
