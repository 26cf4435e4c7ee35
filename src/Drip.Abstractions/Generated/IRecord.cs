using System.ComponentModel;

namespace Drip.Generated;

/// <summary>What the generator adds to the codec of a model that is nested in a producer.</summary>
/// <typeparam name="TSelf">The model: an immutable record class with one id.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IRecord<TSelf> : IModel<TSelf> where TSelf : class, IRecord<TSelf>
{
    /// <summary>The record's id.</summary>
    static abstract RecordId IdOf(TSelf record);

    /// <summary>Whether the record has an id: not null, not empty, not 0.</summary>
    static abstract bool HasId(TSelf record);

    /// <summary>Which kind of id the model has.</summary>
    static abstract RecordIdKind IdKind { get; }

    /// <summary>A copy with this id.</summary>
    static abstract TSelf WithId(TSelf record, RecordId id);

    /// <summary>
    /// <paramref name="current"/> with the given columns changed as from <paramref name="before"/> to <paramref name="after"/>:
    /// taken from <paramref name="after"/>, or by the column's policy (the larger, the smaller, the sum of what was added). A column in which
    /// <paramref name="current"/> and <paramref name="before"/> are the same is always taken from <paramref name="after"/>: nobody else changed it.
    /// </summary>
    static abstract TSelf Merge(TSelf current, TSelf before, TSelf after, ColumnSet columns);
}

/// <summary>The kinds of ids.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum RecordIdKind
{
    /// <summary><see cref="int"/> or <see cref="long"/>.</summary>
    Number,
    /// <summary><see cref="string"/>.</summary>
    Text,
    /// <summary><see cref="System.Guid"/>.</summary>
    Guid,
}
