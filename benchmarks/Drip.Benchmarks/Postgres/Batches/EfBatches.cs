using Drip.Benchmarks.Postgres.Worker;
using Microsoft.EntityFrameworkCore;

namespace Drip.Benchmarks.Postgres.Batches;

/// <summary>The batch backfill with EF Core: the same pages, an <c>ExecuteUpdate</c> for each, and the row of progress in its transaction.</summary>
internal static class EfBatches
{
    public static async Task<long> RunAsync(string address, int batchSize)
    {
        await using var context = new CandidateContext(CandidateContext.Options<CandidateContext>(address));
        await context.BeginAsync();
        await context.Database.OpenConnectionAsync();

        long after = 0, touched = 0;
        while (true)
        {
            await using var transaction = await context.Database.BeginTransactionAsync();
            var end = await context.Candidates.Where(each => each.Role == null && each.Id > after)
                .OrderBy(each => each.Id).Select(each => (long?)each.Id).Skip(batchSize - 1).FirstOrDefaultAsync();
            var to = end ?? long.MaxValue;
            touched += await context.Candidates.Where(each => each.Role == null && each.Id > after && each.Id <= to)
                .ExecuteUpdateAsync(set => set.SetProperty(each => each.Role, "intern"));
            await context.MoveAsync(to);
            await transaction.CommitAsync();
            if (end is null) return touched;
            after = to;
        }
    }
}
