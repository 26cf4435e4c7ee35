using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Shop;

/// <summary>Stands for a service outside that is slow, and that fails now and then.</summary>
/// <param name="delay">How long an answer takes.</param>
/// <param name="failFor">The department for which it has no answer; null for none.</param>
public sealed class MarketRates(TimeSpan delay, string? failFor)
{
    /// <summary>The service as the settings <c>Market:DelayMs</c> and <c>Market:FailFor</c> describe it.</summary>
    public static MarketRates From(IConfiguration settings) => new(
        TimeSpan.FromMilliseconds(int.TryParse(settings["Market:DelayMs"], CultureInfo.InvariantCulture, out var delay) ? delay : 300), settings["Market:FailFor"]);

    /// <summary>The yearly rate of a department, in thousands.</summary>
    /// <exception cref="InvalidOperationException">The service has no answer.</exception>
    public async Task<decimal> AskAsync(string department, CancellationToken cancellationToken)
    {
        await Task.Delay(delay, cancellationToken);
        if (department == failFor) throw new InvalidOperationException($"The market has no rate for {department}.");
        return 40 + department.Sum(letter => letter) % 300 / 10m;
    }
}
