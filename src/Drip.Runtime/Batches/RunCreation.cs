using Drip.Hooks;
using Drip.Jobs;
using Drip.Runs;

namespace Drip.Batches;

/// <summary>Makes runs of what people ask for.</summary>
internal sealed class RunCreation(RunHooks hooks, HookDelivery delivery, EngineParts parts)
{
    private const int MaxTries = 5;

    /// <summary>Creates a run, and finds the one of the same job and options that is in its place, if there is one.</summary>
    public async ValueTask<Created> CreateAsync(RunRequest request, Job job, CancellationToken cancellationToken)
    {
        // Two runs that were created in the same millisecond can have drawn the same id; a third in a row has not.
        for (var tries = 1; ; tries++)
        {
            var run = NewRun(request, job.Info);
            try
            {
                return new Created(run, await hooks.CreateAsync(run, delivery.Of(job, request.Options), cancellationToken).ConfigureAwait(false));
            }
            catch (InvalidOperationException) when (tries < MaxTries)
            {
                // The id is taken: another is drawn.
            }
        }
    }

    private Run NewRun(RunRequest request, BackfillInfo info) => new()
    {
        Id = RunId.Create(parts.Time, parts.Random),
        Job = info.Name,
        Options = request.Options.Canonical,
        BatchSize = request.BatchSize ?? info.BatchSize,
        Limit = request.Limit,
        Sleep = request.Sleep ?? info.Sleep,
        Rate = request.Rate ?? info.RatePerSecond,
        Partitions = request.Partitions ?? (request.Limit is null ? info.Partitions : 1),
        CreatedAt = parts.Time.GetUtcNow(),
        CreatedBy = request.CreatedBy,
    };

    /// <summary>A run that was made.</summary>
    /// <param name="run">It.</param>
    /// <param name="live">The run that is in its place, so that it was not kept; null if there is none.</param>
    internal sealed class Created(Run run, Run? live)
    {
        public void Deconstruct(out Run made, out Run? inTheWay) => (made, inTheWay) = (run, live);
    }
}
