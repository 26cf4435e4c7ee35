namespace Drip;

/// <summary>How a column's values travel between a row and a database.</summary>
public enum ColumnType
{
    /// <summary><see cref="bool"/>.</summary>
    Boolean,
    /// <summary><see cref="sbyte"/>.</summary>
    SByte,
    /// <summary><see cref="byte"/>.</summary>
    Byte,
    /// <summary><see cref="short"/>.</summary>
    Int16,
    /// <summary><see cref="ushort"/>.</summary>
    UInt16,
    /// <summary><see cref="int"/>.</summary>
    Int32,
    /// <summary><see cref="uint"/>.</summary>
    UInt32,
    /// <summary><see cref="long"/>.</summary>
    Int64,
    /// <summary><see cref="ulong"/>.</summary>
    UInt64,
    /// <summary><see cref="float"/>.</summary>
    Single,
    /// <summary><see cref="double"/>.</summary>
    Double,
    /// <summary><see cref="decimal"/>.</summary>
    Decimal,
    /// <summary><see cref="char"/>.</summary>
    Char,
    /// <summary><see cref="string"/>.</summary>
    Text,
    /// <summary><see cref="System.Guid"/>.</summary>
    Guid,
    /// <summary><see cref="System.DateTime"/>.</summary>
    DateTime,
    /// <summary><see cref="System.DateTimeOffset"/>.</summary>
    DateTimeOffset,
    /// <summary><see cref="DateOnly"/>.</summary>
    Date,
    /// <summary><see cref="TimeOnly"/>.</summary>
    Time,
    /// <summary><see cref="TimeSpan"/>.</summary>
    Duration,
    /// <summary><see cref="byte"/> array.</summary>
    Bytes,
    /// <summary>Any type, as JSON text.</summary>
    Json,
}

/// <summary>One column of a model. An enum's column has the type of its underlying integer.</summary>
/// <param name="Name">The column's name in the database.</param>
/// <param name="Member">The member's name in C#.</param>
/// <param name="Type">How its values travel.</param>
/// <param name="IsNullable">Whether the member can be null.</param>
public sealed record ModelColumn(string Name, string Member, ColumnType Type, bool IsNullable);

/// <summary>What the generator knows of a model's table: constants, made once per model.</summary>
/// <param name="model">The C# type's name, for messages.</param>
/// <param name="table">The table's name.</param>
/// <param name="columns">All columns, in ordinal order: the order in which <see cref="IModel{TSelf}.Read"/> expects them.</param>
/// <param name="key">The ordinals of the key's columns, in key order.</param>
/// <param name="isMutable">
/// Whether a row object can be changed in place, so that the engine keeps a copy of what it read to compare with.
/// </param>
public sealed class ModelSchema(string model, string table, ModelColumn[] columns, int[] key, bool isMutable)
{
    /// <summary>The C# type's name, for messages.</summary>
    public string Model { get; } = model;

    /// <summary>The table's name.</summary>
    public string Table { get; } = table;

    /// <summary>All columns, in ordinal order.</summary>
    public IReadOnlyList<ModelColumn> Columns { get; } = columns;

    /// <summary>The ordinals of the key's columns, in key order.</summary>
    public IReadOnlyList<int> Key { get; } = key;

    /// <summary>Whether a row object can be changed in place.</summary>
    public bool IsMutable { get; } = isMutable;

    /// <summary>The names of the key's columns, in key order.</summary>
    public IReadOnlyList<string> KeyNames { get; } = Array.ConvertAll(key, ordinal => columns[ordinal].Name);
}
