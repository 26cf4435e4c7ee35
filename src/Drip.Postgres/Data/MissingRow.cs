namespace Drip.Postgres.Data;

/// <summary>A change of a row that is not there.</summary>
internal static class MissingRow
{
    public static DripException Error(ModelSchema schema, Key key) => new(
        DripErrorKind.RunFailed, "missing-row", $"{schema.Table} has no row with the key {key} to change.",
        "Check the key: the row may have been deleted in this batch, or its key may be stored in another form.");
}
