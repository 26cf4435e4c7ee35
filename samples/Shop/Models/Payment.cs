namespace Shop;

/// <summary>A payment as an old system wrote it down: the amount is whatever somebody typed.</summary>
[Model("payments")]
public partial class Payment
{
    /// <summary>The key.</summary>
    public long Id { get; set; }

    /// <summary>The amount as it was typed.</summary>
    public required string Amount { get; set; }

    /// <summary>The amount in cents, once it is known.</summary>
    public long? Cents { get; set; }
}
