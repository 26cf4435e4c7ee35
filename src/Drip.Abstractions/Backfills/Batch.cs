using System.Data.Common;

namespace Drip;

/// <summary>
/// The rows of one batch: a range of keys under the scope's predicate, inside the batch's transaction.
/// What is written through <see cref="Connection"/> and <see cref="Transaction"/> commits or rolls back with the batch.
/// </summary>
/// <typeparam name="T">The model.</typeparam>
public abstract class Batch<T> where T : IModel<T>
{
    /// <summary>The key after which this batch begins, itself not included; null at the beginning of the scope.</summary>
    public abstract Key? From { get; }

    /// <summary>The last key of this batch, itself included.</summary>
    public abstract Key To { get; }

    /// <summary>How many rows the batch has.</summary>
    public abstract int Size { get; }

    /// <summary>The rows, in key order; read once, when first asked for.</summary>
    public abstract IReadOnlyList<T> Rows { get; }

    /// <summary>The connection that the batch's transaction is on.</summary>
    public abstract DbConnection Connection { get; }

    /// <summary>The batch's transaction; Drip commits it together with the cursor.</summary>
    public abstract DbTransaction Transaction { get; }

    /// <summary>Updates exactly the rows of this batch, for example <c>$"role = {"intern"}"</c>, and returns how many there were.</summary>
    public abstract Task<int> UpdateAsync(SqlHandler set, CancellationToken cancellationToken = default);

    /// <summary>Deletes exactly the rows of this batch, and returns how many there were.</summary>
    public abstract Task<int> DeleteAsync(CancellationToken cancellationToken = default);
}
