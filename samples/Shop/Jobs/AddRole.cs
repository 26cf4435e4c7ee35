using System.ComponentModel.DataAnnotations;

namespace Shop;

/// <summary>Gives a role to everybody who has none: one UPDATE for each batch.</summary>
[Backfill(BatchSize = 1000, Description = "Give the role 'intern' to employees without a role")]
public partial class AddRole
{
    [Option, Range(0, 150)]
    public int? Age { get; set; }

    [Option(Label = "Department", Description = "Only this department")]
    public string? Department { get; set; }

    [Option(Description = "Leave out employees who have left")]
    public bool ActiveOnly { get; set; } = true;

    public Scope<Employee> Scope() => Employee.Where($"role IS NULL")
        .AndIf(ActiveOnly, $"active = {true}")
        .AndIf(Age is not null, $"age = {Age}")
        .AndIf(Department is not null, $"department = {Department}");

    public Task<int> ProcessBatchAsync(Batch<Employee> batch, CancellationToken cancellationToken) =>
        batch.UpdateAsync($"role = {"intern"}", cancellationToken);
}
