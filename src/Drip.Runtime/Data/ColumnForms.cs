namespace Drip.Data;

/// <summary>
/// Where an engine's types cannot travel as they are: what stands in a SELECT for a column, and what follows the place of a
/// part of a key. Null stands for the plain name, and for nothing.
/// </summary>
/// <param name="columns">The expression for each column of the model, in ordinal order.</param>
/// <param name="keyParts">The expression for each part of the key.</param>
/// <param name="keyCasts">What turns a bound part of the key into the column's type, for example <c>::numeric</c>.</param>
internal sealed class ColumnForms(IReadOnlyList<string?> columns, IReadOnlyList<string?> keyParts, IReadOnlyList<string?> keyCasts)
{
    /// <summary>All columns and parts as they are.</summary>
    public static ColumnForms Plain(ModelSchema schema) =>
        new(new string?[schema.Columns.Count], new string?[schema.Key.Count], new string?[schema.Key.Count]);

    public IReadOnlyList<string?> Columns => columns;

    public IReadOnlyList<string?> KeyParts => keyParts;

    public IReadOnlyList<string?> KeyCasts => keyCasts;
}
