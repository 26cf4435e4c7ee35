using Drip.Data;

namespace Drip.Postgres.Data;

/// <summary>How the rows of a model's table travel: made once for a table, after a look at its columns.</summary>
internal sealed class TableShape
{
    private readonly ColumnSet _ordered;

    private TableShape(ModelSchema schema, IReadOnlyList<TableColumn> columns, IReadOnlyList<UniqueIndex> indexes, bool hasTriggers, ColumnPlan[] plans)
    {
        (Schema, Columns, Indexes, Plans, HasTriggers) = (schema, columns, indexes, plans, hasTriggers);
        Keys = KeyColumns.Of(schema, columns);
        Forms = new ColumnForms(Array.ConvertAll(plans, plan => plan.Select), Keys.Selects, Keys.Casts);
        Reads = Array.ConvertAll(plans, plan => plan.Read);
        for (var ordinal = 0; ordinal < plans.Length; ordinal++)
        {
            var name = schema.Columns[ordinal].Name;
            // What an expression is made of is not looked at, so it stands for every column.
            if (indexes.Any(index => index.Columns.Contains(name) || index.Columns.Contains(null))) _ordered.Add(ordinal);
            if (columns.First(column => column.Name == name).IsGenerated) Generated = With(Generated, ordinal);
        }
    }

    /// <summary>The model.</summary>
    public ModelSchema Schema { get; }

    /// <summary>The table's columns.</summary>
    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>What rows cannot share.</summary>
    public IReadOnlyList<UniqueIndex> Indexes { get; }

    /// <summary>Whether somebody else's code runs with each change, which could tell in which order they are made.</summary>
    public bool HasTriggers { get; }

    /// <summary>The columns of the model whose values the database alone makes.</summary>
    public ColumnSet Generated { get; }

    /// <summary>The key.</summary>
    public KeyColumns Keys { get; }

    /// <summary>How each column is read and written, in ordinal order.</summary>
    public ColumnPlan[] Plans { get; }

    /// <summary>What the server sends for each column, in ordinal order.</summary>
    public Wire[] Reads { get; }

    /// <summary>The forms for <see cref="KeysetSql{T}"/>.</summary>
    public ColumnForms Forms { get; }

    /// <summary>Compares a model with the columns that stand for its members, which are all there.</summary>
    /// <exception cref="DripException">A member cannot hold what its column holds.</exception>
    public static TableShape Of(ModelSchema schema, IReadOnlyList<TableColumn> columns, IReadOnlyList<UniqueIndex> indexes, bool hasTriggers)
    {
        var plans = new ColumnPlan[schema.Columns.Count];
        for (var ordinal = 0; ordinal < plans.Length; ordinal++)
        {
            var member = schema.Columns[ordinal];
            var column = columns.First(existing => existing.Name == member.Name);
            plans[ordinal] = ColumnPlan.Of(member.Type, column) ?? throw new DripException(DripErrorKind.Usage, "type-mismatch",
                $"{schema.Table}.{column.Name} is of the type {column.Shown}, which {schema.Model}.{member.Member}, {ColumnPlan.Shown(member.Type)}, cannot hold.",
                ColumnPlan.Remedy(member, column));
        }

        return new TableShape(schema, columns, indexes, hasTriggers, plans);
    }

    /// <summary>Whether the order could matter in which rows get new values in these columns: two rows may swap one that is unique.</summary>
    public bool IsOrdered(ColumnSet columns)
    {
        if (HasTriggers) return true;
        for (var ordinal = 0; ordinal < Plans.Length; ordinal++)
        {
            if (columns.Contains(ordinal) && _ordered.Contains(ordinal)) return true;
        }

        return false;
    }

    private static ColumnSet With(ColumnSet set, int ordinal)
    {
        set.Add(ordinal);
        return set;
    }
}
