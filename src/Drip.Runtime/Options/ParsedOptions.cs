namespace Drip.Options;

/// <summary>Options that passed every check.</summary>
/// <param name="Values">The values for the generated code.</param>
/// <param name="Canonical">What the store holds: a JSON object of texts, names sorted, secrets masked as <c>***</c>; only options that were given.</param>
public sealed record ParsedOptions(OptionValues Values, string Canonical);
