namespace Drip.Postgres.Tests.Division;

// One table for all of them: keys of each form in which a key can travel.
[Model("keyed")]
internal partial record NumberKeyed(long Id, bool Wanted);

[Model("keyed")]
internal partial record NamedKeyed(string Id, bool Wanted);

[Model("keyed")]
internal partial record GuidKeyed(Guid Id, bool Wanted);

[Model("keyed")]
internal partial record MomentKeyed(DateTime Id, bool Wanted);

[Model("keyed")]
internal partial record RegionKeyed([Key(0)] string Region, [Key(1)] long N, bool Wanted);
