namespace Drip.Crash.Tests.Histories;

/// <summary>What became of one partition, rebuilt from the events of all workers.</summary>
/// <param name="Name">What it is called in problems.</param>
/// <param name="Lower">The key behind which it begins.</param>
/// <param name="Upper">Its last key, as the last who had it saw that.</param>
/// <param name="IsDone">Whether it was walked to its end.</param>
internal sealed record PartitionHistory(string Name, string? Lower, string? Upper, bool IsDone)
{
    /// <summary>Puts the events of one partition in the order of its epochs, and adds what is wrong with them.</summary>
    public static PartitionHistory Of(string name, IReadOnlyList<HistoryEvent> events, List<string> problems)
    {
        CheckOwners(name, events, problems);
        CheckTimes(name, events, problems);

        // Of epochs one follows the other, whenever their workers came to write that down.
        var inOrder = events.OrderBy(each => each.Epoch).ToList();
        var walk = new Walk(name, problems);
        foreach (var each in inOrder) walk.Go(each);
        walk.End();
        return new PartitionHistory(name, inOrder[0].From, walk.Last?.Upper, walk.Last is { IsDone: true });
    }

    // An epoch is one claim of one worker, and a worker that claims again has a later one.
    private static void CheckOwners(string name, IReadOnlyList<HistoryEvent> events, List<string> problems)
    {
        foreach (var epoch in events.GroupBy(each => each.Epoch).OrderBy(each => each.Key))
        {
            var workers = epoch.Select(each => each.Worker).Distinct().ToList();
            if (workers.Count > 1) problems.Add($"{name}: epoch {epoch.Key} is of {workers.Count} workers ({string.Join(", ", workers)}).");
            if (epoch.Count(each => each.What == "claimed") > 1) problems.Add($"{name}: epoch {epoch.Key} was claimed twice.");
            if (epoch.First().What != "claimed") problems.Add($"{name}: epoch {epoch.Key} began with '{epoch.First().What}' and not with a claim.");
        }

        foreach (var worker in events.Where(each => each.What == "claimed").GroupBy(each => each.Worker))
        {
            var last = 0L;
            foreach (var claim in worker)
            {
                if (claim.Epoch < last) problems.Add($"{name}: worker {worker.Key} claimed epoch {claim.Epoch} after epoch {last}.");
                last = Math.Max(last, claim.Epoch);
            }
        }
    }

    // A commit lies between the two lines that a worker writes around it. So an older epoch has certainly committed after a
    // newer one where its first line comes after the second line of the other.
    private static void CheckTimes(string name, IReadOnlyList<HistoryEvent> events, List<string> problems)
    {
        var committed = events.Where(each => each.What == "committed").ToList();
        foreach (var commit in committed)
        {
            var began = events.FirstOrDefault(each => each.What == "committing" && each.Epoch == commit.Epoch && each.Batch == commit.Batch)?.Time ?? commit.Time;
            if (committed.Find(other => other.Epoch > commit.Epoch && other.Time < began) is { } newer)
                problems.Add($"{name}: epoch {commit.Epoch} committed batch {commit.Batch} after epoch {newer.Epoch} had committed batch {newer.Batch}.");
        }
    }

    /// <summary>The walk over the partition: what is committed, and what may be.</summary>
    private sealed class Walk(string name, List<string> problems)
    {
        private HistoryEvent? _sent;

        /// <summary>The last batch that is there, or the claim before the first.</summary>
        public HistoryEvent? Last { get; private set; }

        public void Go(HistoryEvent next)
        {
            switch (next.What)
            {
                case "claimed":
                    Claim(next);
                    break;
                case "committing":
                    Check(next);
                    _sent = next;
                    break;
                case "committed":
                    // A retry or a split between the two lines would have written the first one again.
                    if (_sent is not { } sent || (sent.Epoch, sent.Batch, sent.To) != (next.Epoch, next.Batch, next.To))
                        problems.Add($"{name}: epoch {next.Epoch} committed batch {next.Batch} without saying so before.");
                    if (_sent is null) Check(next);
                    (_sent, Last) = (null, next);
                    break;
            }
        }

        /// <summary>A run that is over has no claim to tell whether its last batch is there; but then that was the one that ended it.</summary>
        public void End()
        {
            if (_sent is { IsDone: true } sent) Last = sent;
        }

        // Where it begins tells whether the last batch of the worker before is there.
        private void Claim(HistoryEvent claim)
        {
            if (_sent is { } sent && (sent.Batch, sent.To) == (claim.Batch, claim.To)) Last = sent;
            _sent = null;
            var (batch, to) = Last is null ? (0, claim.From) : (Last.Batch, Last.To);
            if ((batch, to) != (claim.Batch, claim.To))
                problems.Add($"{name}: epoch {claim.Epoch} begins behind {claim.To ?? "the beginning"} with {claim.Batch} batches, where {to ?? "the beginning"} with {batch} was committed.");
            Last = Last is null ? claim : Last with { Upper = claim.Upper };
        }

        private void Check(HistoryEvent batch)
        {
            if (Last is null) return;
            // Rows that are tried again are no batch of their own where there were none left.
            if (batch.Batch != Last.Batch + 1 && (batch.Batch, batch.To) != (Last.Batch, Last.To))
                problems.Add($"{name}: epoch {batch.Epoch} wrote batch {batch.Batch} behind batch {Last.Batch}.");
            if (batch.From != Last.To)
                problems.Add($"{name}: batch {batch.Batch} of epoch {batch.Epoch} begins behind {batch.From ?? "the beginning"}, where {Last.To ?? "the beginning"} was committed.");
        }
    }
}
