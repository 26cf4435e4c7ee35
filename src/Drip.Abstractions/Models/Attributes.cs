namespace Drip;

/// <summary>
/// Makes a partial record, record struct or class the model of one table: the generator writes its row codec, its schema
/// and <c>Where</c>/<c>All</c>. Columns are the members that can be set (positional parameters, <c>set</c>, <c>init</c>);
/// a column's name is the snake_case of the member's, unless <see cref="ColumnAttribute"/> says otherwise.
/// </summary>
/// <param name="table">The table's name; default: the snake_case of the type's name.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class ModelAttribute(string? table = null) : Attribute
{
    /// <summary>The table's name, or null for the default.</summary>
    public string? Table { get; } = table;
}

/// <summary>
/// Marks the key of a model: what its rows are walked and found by. Without it the key is the member named <c>Id</c>.
/// A key of several columns numbers them: <c>[Key(0)]</c>, <c>[Key(1)]</c>.
/// Key columns are <c>int</c>, <c>long</c>, <c>string</c>, <c>Guid</c> or <c>DateTime</c>, not nullable, and unique together.
/// </summary>
/// <param name="order">The column's place in the key, from 0.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class KeyAttribute(int order = 0) : Attribute
{
    /// <summary>The column's place in the key, from 0.</summary>
    public int Order { get; } = order;
}

/// <summary>Gives a member's column a name of its own.</summary>
/// <param name="name">The column's name in the database.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class ColumnAttribute(string name) : Attribute
{
    /// <summary>The column's name in the database.</summary>
    public string Name { get; } = name;
}

/// <summary>
/// Stores a member as JSON text, through a <c>JsonSerializerContext</c> of the author's that lists the member's type.
/// The value is taken as immutable: to change it, replace it.
/// </summary>
/// <param name="context">The author's context, for example <c>typeof(ShopJson)</c>.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class JsonAttribute(Type context) : Attribute
{
    /// <summary>The author's <c>JsonSerializerContext</c>.</summary>
    public Type Context { get; } = context;
}
