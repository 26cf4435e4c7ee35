using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Drip.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.PlanLocks;

/// <summary>Reads what a lock holds of a whole compilation; bodies included, so it is never kept from one edit to the next.</summary>
internal static class PlanLockParser
{
    public static IEnumerable<LockedProducer> Parse(Compilation compilation, CancellationToken cancellationToken) => Candidates
        .Of(compilation, cancellationToken)
        .Where(static type => type.Attribute(Names.Producer) is not null)
        .Select(type => PresentProducer.Read(type, compilation, cancellationToken)?.Facts)
        .OfType<LockedProducer>();
}
