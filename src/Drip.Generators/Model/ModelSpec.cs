using Drip.Generators.Model.Producers;

namespace Drip.Generators.Model;

/// <summary>Everything that is printed for one <c>[Model]</c>.</summary>
internal sealed record ModelSpec
{
    public required TypeSpec Type { get; init; }

    public required string Table { get; init; }

    /// <summary>In ordinal order.</summary>
    public required EquatableArray<ColumnSpec> Columns { get; init; }

    /// <summary>The ordinals of the key's columns, in key order.</summary>
    public required EquatableArray<int> Key { get; init; }

    public required bool IsMutable { get; init; }

    public required MemberOffer All { get; init; }

    public required MemberOffer Where { get; init; }

    /// <summary>What it has as a model of a producer; null for the model of a table.</summary>
    public required RecordSpec? Record { get; init; }

    /// <summary>Why there is no codec, for the message of the bodies that throw; null if there is one.</summary>
    public required string? Error { get; init; }
}

/// <summary>Whether a public member is generated beside the author's own.</summary>
internal enum MemberOffer
{
    Add,
    AddAsNew,
    Leave,
}

/// <summary>One column, and how its member is read and set.</summary>
internal sealed record ColumnSpec
{
    /// <summary>The column's name in the database.</summary>
    public required string Name { get; init; }

    /// <summary>The member's name in C#, without an escape.</summary>
    public required string Member { get; init; }

    /// <summary>The member's name as an identifier.</summary>
    public required string Identifier { get; init; }

    public required ColumnKind Kind { get; init; }

    /// <summary>The member's type as C#, nullable or not.</summary>
    public required string TypeName { get; init; }

    public required bool IsNullable { get; init; }

    public required bool IsValueType { get; init; }

    /// <summary>The enum, where the column is one.</summary>
    public required string? EnumName { get; init; }

    /// <summary>The author's JSON context, where the column is JSON.</summary>
    public required string? JsonContext { get; init; }

    /// <summary>The type that JSON is made of, without its outer nullability.</summary>
    public required string? JsonType { get; init; }

    /// <summary>The constructor's parameter that takes it, as an identifier; null if it is set by initializer.</summary>
    public required string? Parameter { get; init; }

    /// <summary>In a model of a producer, what happens when two steps update the column at the same time.</summary>
    public ConflictPolicy Conflict { get; init; }
}

/// <summary>The members of <c>Drip.ColumnType</c>, by the same names.</summary>
internal enum ColumnKind
{
    Boolean,
    SByte,
    Byte,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Single,
    Double,
    Decimal,
    Char,
    Text,
    Guid,
    DateTime,
    DateTimeOffset,
    Date,
    Time,
    Duration,
    Bytes,
    Json,
}
