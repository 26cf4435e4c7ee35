using System.Runtime.InteropServices;
using System.Text;
using Drip.Generated;
using Drip.Sqlite.Data;
using Drip.Sqlite.Native;

namespace Drip.Sqlite.Versions;

/// <summary>
/// How the ids of records are stored: in a column of its own type (a number, a text, a Guid as 16 bytes; a text that is no valid
/// UTF-16 as an odd number of bytes), and in the bytes of a change by the kind that the model has.
/// </summary>
internal static class StoredId
{
    public static void Bind(nint statement, int place, RecordId id)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (id.Guid is { } guid)
        {
            guid.TryWriteBytes(bytes);
            SqliteApi.BindBlob(statement, place, bytes);
        }
        else if (id.Text is not { } text)
        {
            SqliteApi.BindInt64(statement, place, id.Number);
        }
        else if (IsValid(text))
        {
            SqliteValue.Bind(statement, place, text);
        }
        else
        {
            SqliteApi.BindBlob(statement, place, [0, .. MemoryMarshal.AsBytes(text.AsSpan())]);
        }
    }

    /// <summary>Reads a column; null where it is NULL.</summary>
    public static RecordId? Read(nint statement, int column) => SqliteApi.ColumnType(statement, column) switch
    {
        SqliteApi.TypeNull => default(RecordId?),
        SqliteApi.TypeInteger => new RecordId(SqliteApi.ColumnInt64(statement, column)),
        SqliteApi.TypeText => new RecordId(Encoding.UTF8.GetString(SqliteApi.ColumnText(statement, column))),
        SqliteApi.TypeBlob => FromBytes(SqliteApi.ColumnBlob(statement, column)),
        _ => throw Damaged(),
    };

    public static void Write(ByteWriter target, RecordIdKind kind, RecordId id)
    {
        switch (kind)
        {
            case RecordIdKind.Number: target.Number(id.Number); break;
            case RecordIdKind.Text: target.Text(id.Text!); break;
            default: target.Guid(id.Guid!.Value); break;
        }
    }

    public static RecordId Read(ref ByteReader source, RecordIdKind kind) => kind switch
    {
        RecordIdKind.Number => source.Number(),
        RecordIdKind.Text => source.Text(),
        _ => source.Guid(),
    };

    private static RecordId FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 16) return new Guid(bytes);
        return bytes.Length % 2 == 1 ? new string(MemoryMarshal.Cast<byte, char>(bytes[1..])) : throw Damaged();
    }

    private static bool IsValid(string text)
    {
        foreach (var character in text)
        {
            if (char.IsSurrogate(character)) return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;
        }

        return true;
    }

    private static InvalidDataException Damaged() => new("An id is neither a number nor a text nor a Guid.");
}
