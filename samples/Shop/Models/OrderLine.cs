namespace Shop;

/// <summary>One line of an order: a table whose key has two columns.</summary>
[Model("order_lines")]
public partial record OrderLine([Key(0)] long OrderId, [Key(1)] int Line, string Sku, int Quantity, decimal UnitPrice, decimal? Total);
