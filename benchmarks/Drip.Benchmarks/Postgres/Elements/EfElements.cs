using Drip.Benchmarks.Postgres.Worker;
using Microsoft.EntityFrameworkCore;

namespace Drip.Benchmarks.Postgres.Elements;

/// <summary>
/// The element backfill with EF Core's tracked entities: a page is read, changed and saved, and forgotten before the next. It reads without
/// locking, as EF Core does, and so could lose a change that another makes at the same moment; the others cannot.
/// </summary>
internal static class EfElements
{
    public static async Task<long> RunAsync(string address, int batchSize)
    {
        await using var context = new EmployeeContext(EmployeeContext.Options<EmployeeContext>(address));
        await context.BeginAsync();
        await context.Database.OpenConnectionAsync();

        long after = 0, touched = 0;
        while (true)
        {
            await using var transaction = await context.Database.BeginTransactionAsync();
            var page = await context.Employees.AsTracking().Where(each => each.Id > after).OrderBy(each => each.Id).Take(batchSize).ToListAsync();
            if (page.Count == 0) return touched;

            foreach (var employee in page) employee.Age++;
            touched += await context.SaveChangesAsync();
            context.ChangeTracker.Clear();
            after = page[^1].Id;
            await context.MoveAsync(after);
            await transaction.CommitAsync();
            if (page.Count < batchSize) return touched;
        }
    }
}
