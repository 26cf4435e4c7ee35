namespace Drip.Generators.Model.Producers;

/// <summary>The ways in which a producer is made.</summary>
/// <param name="AreGenerated">Whether the author wrote no constructor, so that all of them are generated.</param>
/// <param name="OffersFrom">Whether <c>From</c> is generated, where there is a constructor for it: the author has no member of that name.</param>
/// <param name="Run">The constructor of a new run.</param>
/// <param name="Branch">The constructor of a branch from a version.</param>
/// <param name="File">The constructor that begins with a file.</param>
internal sealed record OriginSpec(bool AreGenerated, bool OffersFrom, OriginConstructorSpec? Run, OriginConstructorSpec? Branch, OriginConstructorSpec? File);

/// <summary>A constructor of the author's.</summary>
/// <param name="Arguments">What it takes.</param>
internal sealed record OriginConstructorSpec(EquatableArray<OriginArgumentSpec> Arguments);

/// <summary>A parameter of such a constructor.</summary>
/// <param name="Kind">Where the value comes from.</param>
/// <param name="Service">The service, where it is one.</param>
internal sealed record OriginArgumentSpec(OriginArgument Kind, ArgumentSpec? Service = null);

internal enum OriginArgument
{
    Options,
    Version,
    File,
    Service,
}
