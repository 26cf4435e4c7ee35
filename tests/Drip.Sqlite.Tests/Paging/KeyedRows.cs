namespace Drip.Sqlite.Tests.Paging;

/// <summary>How the jobs in this folder walk.</summary>
internal sealed class Walk
{
    /// <summary>Whether the scope loses each row by the change that the job makes, or stays as it is.</summary>
    public bool Shrinks { get; init; }

    public Scope<T> Of<T>() where T : IModel<T> => Shrinks ? Scope<T>.Where($"wanted AND revision = {0}") : Scope<T>.Where($"wanted");
}

[Model("keyed")]
internal partial record IntKeyed(int Id, bool Wanted, int Revision);

[Model("keyed")]
internal partial record LongKeyed(long Id, bool Wanted, int Revision);

[Model("keyed")]
internal partial record TextKeyed(string Id, bool Wanted, int Revision);

[Model("keyed")]
internal partial record GuidKeyed(Guid Id, bool Wanted, int Revision);

[Model("keyed")]
internal partial record MomentKeyed(DateTime Id, bool Wanted, int Revision);

// The second column has the shortest name there is, which generated SQL may want for itself.
[Model("keyed")]
internal partial record PairKeyed([Key(0)] string Region, [Key(1)] long N, bool Wanted, int Revision);

[Model("keyed")]
internal partial record TripleKeyed([Key(0)] Guid Owner, [Key(1)] DateTime At, [Key(2)] string Name, bool Wanted, int Revision);

[Model("the \"order\" of 'things'")]
internal partial record OddlyNamed([Key, Column("group by")] long Id, [Column("rowid")] string RowId, [Column("oid")] string Oid, bool Wanted, int Revision);
