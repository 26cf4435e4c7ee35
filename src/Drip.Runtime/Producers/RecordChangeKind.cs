namespace Drip;

/// <summary>What happened to a record.</summary>
public enum RecordChangeKind
{
    /// <summary>It was created.</summary>
    Create,
    /// <summary>Some of its fields were changed.</summary>
    Update,
    /// <summary>It was deleted.</summary>
    Delete,
}
