using Drip.Benchmarks.Postgres.Worker;
using Microsoft.EntityFrameworkCore;

namespace Drip.Benchmarks.Postgres.Elements;

/// <summary>Five of the columns of <c>employees</c>, as EF Core sees them.</summary>
internal sealed class EmployeeContext(DbContextOptions<EmployeeContext> options) : ProgressContext(options)
{
    public DbSet<EmployeeEntity> Employees => Set<EmployeeEntity>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<EmployeeEntity>(employee =>
        {
            employee.ToTable("employees").HasKey(each => each.Id);
            employee.Property(each => each.Id).HasColumnName("id").ValueGeneratedNever();
            employee.Property(each => each.Name).HasColumnName("name");
            employee.Property(each => each.Department).HasColumnName("department");
            employee.Property(each => each.Age).HasColumnName("age");
            employee.Property(each => each.Active).HasColumnName("active");
        });
    }
}

internal sealed class EmployeeEntity
{
    public long Id { get; set; }

    public required string Name { get; set; }

    public string? Department { get; set; }

    public int Age { get; set; }

    public bool Active { get; set; }
}
