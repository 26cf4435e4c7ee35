namespace Shop;

/// <summary>Computes the totals of order lines, which are walked by order and line.</summary>
[Backfill(Description = "Compute the total of each order line that has none")]
public partial class FillTotals
{
    public Scope<OrderLine> Scope() => OrderLine.Where($"total IS NULL");

    public void ProcessElement(OrderLine line, Changes<OrderLine> changes) =>
        changes.Update(line with { Total = line.Quantity * line.UnitPrice });
}
