using Drip.Benchmarks.Postgres.Worker;
using Microsoft.EntityFrameworkCore;

namespace Drip.Benchmarks.Postgres.Batches;

/// <summary>The two columns that the batch backfill is about, as EF Core sees them.</summary>
internal sealed class CandidateContext(DbContextOptions<CandidateContext> options) : ProgressContext(options)
{
    public DbSet<CandidateEntity> Candidates => Set<CandidateEntity>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<CandidateEntity>(candidate =>
        {
            candidate.ToTable("employees").HasKey(each => each.Id);
            candidate.Property(each => each.Id).HasColumnName("id").ValueGeneratedNever();
            candidate.Property(each => each.Role).HasColumnName("role");
        });
    }
}

internal sealed class CandidateEntity
{
    public long Id { get; set; }

    public string? Role { get; set; }
}
