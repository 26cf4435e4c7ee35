using Drip.Data;

namespace Drip.Postgres.Data;

/// <summary>How the rows of a model's table travel: made once for a table, after its columns were looked at.</summary>
/// <param name="schema">The model.</param>
/// <param name="plans">How each column is read and written, in ordinal order.</param>
/// <param name="keys">The key.</param>
internal sealed class TableShape(ModelSchema schema, ColumnPlan[] plans, KeyColumns keys)
{
    /// <summary>The model.</summary>
    public ModelSchema Schema => schema;

    /// <summary>The key.</summary>
    public KeyColumns Keys => keys;

    /// <summary>How each column is read and written, in ordinal order.</summary>
    public ColumnPlan[] Plans => plans;

    /// <summary>What the server sends for each column, in ordinal order.</summary>
    public Wire[] Reads { get; } = Array.ConvertAll(plans, plan => plan.Read);

    /// <summary>The forms for <see cref="KeysetSql{T}"/>.</summary>
    public ColumnForms Forms { get; } = new(Array.ConvertAll(plans, plan => plan.Select), keys.Selects, keys.Casts);
}
