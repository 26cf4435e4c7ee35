using System.Globalization;

namespace Shop;

/// <summary>
/// Reads the amounts of old payments. Up to ten whose amount is no number wait in quarantine while the others go on. To see
/// that happen: <c>sqlite3 shop.db "update payments set amount = 'twelve' where id = 777"</c>, run it, look with
/// <c>quarantine RUN</c>, mend the amount, and go on with <c>retry RUN</c>.
/// </summary>
[Backfill(BatchSize = 200, MaxFailures = 10, Description = "Turn typed amounts into cents; an amount that is no number is set apart")]
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
