using Drip.Benchmarks.Employees;

namespace Drip.Benchmarks.Postgres.Partitions;

/// <summary>Makes everybody a year older, as <c>AddYear</c> does, after a service was asked about the batch that takes its time to answer.</summary>
[Backfill(BatchSize = 1000)]
public partial class AskService
{
    private static readonly TimeSpan Answer = TimeSpan.FromMilliseconds(10);

    public Scope<Employee> Scope() => Employee.All;

    public async Task ProcessBatchAsync(Batch<Employee> batch, Changes<Employee> changes, CancellationToken cancellationToken)
    {
        await Task.Delay(Answer, cancellationToken);
        foreach (var employee in batch.Rows) changes.Update(employee with { Age = employee.Age + 1 });
    }
}
