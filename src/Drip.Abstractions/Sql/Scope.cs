using System.Runtime.CompilerServices;

namespace Drip;

/// <summary>
/// Which rows of a model's table a job works on: a predicate, or a whole SELECT. Immutable; the order and the size of
/// pages are Drip's, so a scope has no ORDER BY and no LIMIT.
/// </summary>
/// <typeparam name="T">The model.</typeparam>
public sealed class Scope<T> where T : IModel<T>
{
    private Scope(SqlText? select, IReadOnlyList<SqlText> conditions) => (Select, Conditions) = (select, conditions);

    /// <summary>Every row of the table.</summary>
    public static Scope<T> All { get; } = new(null, []);

    /// <summary>The whole SELECT that stands for the table, where <see cref="Sql"/> was used; it yields every column of the model.</summary>
    public SqlText? Select { get; }

    /// <summary>The conditions that must all hold.</summary>
    public IReadOnlyList<SqlText> Conditions { get; }

    /// <summary>The rows for which the condition holds, for example <c>$"role IS NULL AND age &gt; {age}"</c>.</summary>
    public static Scope<T> Where(SqlHandler condition) => new(null, [condition.ToSql()]);

    /// <summary>The rows that a SELECT yields. It must yield all columns of the model under their own names, each key at most once.</summary>
    public static Scope<T> Sql(SqlHandler select) => new(select.ToSql(), []);

    /// <summary>Those rows of this scope for which the condition holds as well.</summary>
    public Scope<T> And(SqlHandler condition) => new(Select, [.. Conditions, condition.ToSql()]);

    /// <summary>
    /// <see cref="And"/>, if <paramref name="when"/> is true; else this scope, and the values in the string's braces are not evaluated.
    /// </summary>
    public Scope<T> AndIf(bool when, [InterpolatedStringHandlerArgument(nameof(when))] SqlHandler condition) =>
        when ? And(condition) : this;
}
