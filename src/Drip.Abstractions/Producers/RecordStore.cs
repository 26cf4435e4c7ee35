using Drip.Generated;

namespace Drip;

/// <summary>The records of a producer at one moment. Nothing that happens later shows in it.</summary>
public abstract class RecordStore
{
    /// <summary>All records of a model, in the order in which they were created.</summary>
    public abstract IReadOnlyCollection<T> All<T>() where T : class, IRecord<T>;

    /// <summary>The record with this id; null if there is none.</summary>
    public abstract T? Find<T>(RecordId id) where T : class, IRecord<T>;
}

/// <summary>Collects what a step changes. Nothing of it is seen by anybody before the step has ended without an error.</summary>
public abstract class RecordChanges
{
    /// <summary>
    /// Adds a record. One without an id gets one: a Guid, its text, or the number after the largest one. Returned is the record with its
    /// id. A number is taken at once, so that two steps that run at the same time never share one; a step that fails can leave a gap.
    /// </summary>
    /// <exception cref="DripException">The model has a record with this id.</exception>
    public abstract T Create<T>(T record) where T : class, IRecord<T>;

    /// <summary>Writes the fields of <paramref name="record"/> that differ from the record as the step sees it; nothing if none does.</summary>
    /// <exception cref="DripException">There is no record with this id.</exception>
    public abstract void Update<T>(T record) where T : class, IRecord<T>;

    /// <summary>Removes the record.</summary>
    /// <exception cref="DripException">There is no record with this id.</exception>
    public abstract void Delete<T>(T record) where T : class, IRecord<T>;

    /// <summary>Removes the record with this id.</summary>
    /// <exception cref="DripException">There is no record with this id.</exception>
    public abstract void Delete<T>(RecordId id) where T : class, IRecord<T>;
}
