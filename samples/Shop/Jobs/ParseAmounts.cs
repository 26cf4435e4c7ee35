using System.Globalization;

namespace Shop;

/// <summary>
/// Reads the amounts of old payments. It fails on a row whose amount is no number; to see that happen:
/// <c>sqlite3 shop.db "update payments set amount = 'twelve' where id = 777"</c>.
/// </summary>
[Backfill(BatchSize = 200, Description = "Turn typed amounts into cents; fails on an amount that is no number")]
public partial class ParseAmounts
{
    public Scope<Payment> Scope() => Payment.Where($"cents IS NULL");

    public void ProcessElement(Payment payment, Changes<Payment> changes)
    {
        payment.Cents = Parse(payment.Amount);
        changes.Update(payment);
    }

    private static long Parse(string amount) =>
        decimal.TryParse(amount.Replace(',', '.'), NumberStyles.Number, CultureInfo.InvariantCulture, out var value)
            ? (long)decimal.Round(value * 100)
            : throw new FormatException($"'{amount}' is not an amount.");
}
