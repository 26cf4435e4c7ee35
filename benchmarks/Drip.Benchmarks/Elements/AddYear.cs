using Drip.Benchmarks.Employees;

namespace Drip.Benchmarks.Elements;

/// <summary>Makes everybody a year older, row by row: reads five columns and changes one.</summary>
[Backfill(BatchSize = 1000)]
public partial class AddYear
{
    public Scope<Employee> Scope() => Employee.All;

    public void ProcessElement(Employee employee, Changes<Employee> changes) =>
        changes.Update(employee with { Age = employee.Age + 1 });
}
