namespace Drip.Benchmarks.Employees;

/// <summary>Five of the columns of <c>employees</c>: what the element backfill and the readers read.</summary>
[Model("employees")]
public partial record Employee(long Id, string Name, string? Department, int Age, bool Active);
