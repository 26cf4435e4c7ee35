using Drip.Generated;

namespace Drip.Sqlite.Tests.Versions.Harness;

/// <summary>One model as it changes over the years: the columns are those of <c>Things</c>, by name.</summary>
[Model("things")]
internal partial record Thing(int Id, string Name, float Size) : IRecord<Thing>
{
    static RecordIdKind IRecord<Thing>.IdKind => RecordIdKind.Number;

    static RecordId IRecord<Thing>.IdOf(Thing record) => record.Id;

    static bool IRecord<Thing>.HasId(Thing record) => true;

    static Thing IRecord<Thing>.WithId(Thing record, RecordId id) => record with { Id = (int)id.Number };

    static Thing IRecord<Thing>.Merge(Thing current, Thing before, Thing after, ColumnSet columns) => throw new NotMergedException();
}

/// <summary>In another order, wider, and with columns that may be null.</summary>
[Model("things")]
internal partial record GrownThing(double Size, string? Colour, long Id, string Name, int? Count) : IRecord<GrownThing>
{
    static RecordIdKind IRecord<GrownThing>.IdKind => RecordIdKind.Number;

    static RecordId IRecord<GrownThing>.IdOf(GrownThing record) => record.Id;

    static bool IRecord<GrownThing>.HasId(GrownThing record) => true;

    static GrownThing IRecord<GrownThing>.WithId(GrownThing record, RecordId id) => record with { Id = id.Number };

    static GrownThing IRecord<GrownThing>.Merge(GrownThing current, GrownThing before, GrownThing after, ColumnSet columns) => throw new NotMergedException();
}

/// <summary>Without the size.</summary>
[Model("things")]
internal partial record SmallThing(int Id, string Name) : IRecord<SmallThing>
{
    static RecordIdKind IRecord<SmallThing>.IdKind => RecordIdKind.Number;

    static RecordId IRecord<SmallThing>.IdOf(SmallThing record) => record.Id;

    static bool IRecord<SmallThing>.HasId(SmallThing record) => true;

    static SmallThing IRecord<SmallThing>.WithId(SmallThing record, RecordId id) => record with { Id = (int)id.Number };

    static SmallThing IRecord<SmallThing>.Merge(SmallThing current, SmallThing before, SmallThing after, ColumnSet columns) => throw new NotMergedException();
}

/// <summary>With a column that may not be null.</summary>
[Model("things")]
internal partial record DemandingThing(int Id, string Name, float Size, int Weight) : IRecord<DemandingThing>
{
    static RecordIdKind IRecord<DemandingThing>.IdKind => RecordIdKind.Number;

    static RecordId IRecord<DemandingThing>.IdOf(DemandingThing record) => record.Id;

    static bool IRecord<DemandingThing>.HasId(DemandingThing record) => true;

    static DemandingThing IRecord<DemandingThing>.WithId(DemandingThing record, RecordId id) => record with { Id = (int)id.Number };

    static DemandingThing IRecord<DemandingThing>.Merge(DemandingThing current, DemandingThing before, DemandingThing after, ColumnSet columns) => throw new NotMergedException();
}

/// <summary>With another type of size.</summary>
[Model("things")]
internal partial record OtherThing(int Id, string Name, string Size) : IRecord<OtherThing>
{
    static RecordIdKind IRecord<OtherThing>.IdKind => RecordIdKind.Number;

    static RecordId IRecord<OtherThing>.IdOf(OtherThing record) => record.Id;

    static bool IRecord<OtherThing>.HasId(OtherThing record) => true;

    static OtherThing IRecord<OtherThing>.WithId(OtherThing record, RecordId id) => record with { Id = (int)id.Number };

    static OtherThing IRecord<OtherThing>.Merge(OtherThing current, OtherThing before, OtherThing after, ColumnSet columns) => throw new NotMergedException();
}
