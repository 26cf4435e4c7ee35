using Drip.Generated;

namespace Drip.Sqlite.Versions;

/// <summary>A model as a run was written with it, and what has become of it in the producer as it is now.</summary>
/// <param name="index">The model's index in the producer as it is now.</param>
/// <param name="codec">The codec of the model as it is now.</param>
/// <param name="ordinals">By the ordinals that were written, the ordinals as they are now.</param>
internal sealed class StoredModel(int index, RecordCodec codec, int[] ordinals)
{
    private readonly ValueForm[] _forms = Array.ConvertAll(ordinals, ordinal => ValueForms.Of(codec.Schema.Columns[ordinal].Type));
    private readonly bool _isComplete = ordinals.Length == codec.Schema.Columns.Count;

    public int Index { get; } = index;

    public RecordCodec Codec { get; } = codec;

    /// <summary>All columns that were written.</summary>
    public ColumnSet All { get; } = ColumnSet.First(ordinals.Length);

    /// <summary>The model as it is now.</summary>
    public static StoredModel Now(int index, RecordCodec codec)
    {
        var ordinals = new int[codec.Schema.Columns.Count];
        for (var ordinal = 0; ordinal < ordinals.Length; ordinal++) ordinals[ordinal] = ordinal;
        return new StoredModel(index, codec, ordinals);
    }

    /// <summary>The same columns by their ordinals as they are now.</summary>
    public ColumnSet Translate(ColumnSet columns)
    {
        var translated = default(ColumnSet);
        for (var ordinal = 0; ordinal < ordinals.Length; ordinal++)
        {
            if (columns.Contains(ordinal)) translated.Add(ordinals[ordinal]);
        }

        return translated;
    }

    /// <summary>Finds the values of a whole record. A column that the model got later is null.</summary>
    public void FindAll(ref ByteReader source, RecordFields fields)
    {
        Find(ref source, All, fields);
        if (_isComplete) return;
        for (var ordinal = 0; ordinal < fields.Schema.Columns.Count; ordinal++)
        {
            if (fields.IsAbsent(ordinal)) fields.SetNull(ordinal);
        }
    }

    /// <summary>Finds the values of some columns, by the ordinals that were written; the others are absent.</summary>
    public void Find(ref ByteReader source, ColumnSet columns, RecordFields fields)
    {
        fields.Clear();
        var nulls = source.Columns();
        for (var ordinal = 0; ordinal < ordinals.Length; ordinal++)
        {
            if (!columns.Contains(ordinal)) continue;
            if (nulls.Contains(ordinal))
            {
                fields.SetNull(ordinals[ordinal]);
                continue;
            }

            fields.Set(ordinals[ordinal], source.Source, source.Position);
            source.Skip(_forms[ordinal]);
        }
    }
}
