using Microsoft.EntityFrameworkCore;

namespace Drip.Benchmarks.Postgres.Worker;

/// <summary>The row that says how far a job is, as EF Core sees it; what a job works on is added by each.</summary>
internal abstract class ProgressContext(DbContextOptions options) : DbContext(options)
{
    private const string Job = "ef";
    private const long Epoch = 1;

    public DbSet<ProgressEntity> Progress => Set<ProgressEntity>();

    public static DbContextOptions<TContext> Options<TContext>(string address) where TContext : DbContext =>
        new DbContextOptionsBuilder<TContext>().UseNpgsql(address + ";Pooling=false").Options;

    /// <summary>Writes the row.</summary>
    public async Task BeginAsync()
    {
        Progress.Add(new ProgressEntity { Job = Job, After = 0, Epoch = Epoch });
        await SaveChangesAsync();
        ChangeTracker.Clear();
    }

    /// <summary>Moves it, if it is still this worker's.</summary>
    public async Task MoveAsync(long after)
    {
        var moved = await Progress.Where(progress => progress.Job == Job && progress.Epoch == Epoch)
            .ExecuteUpdateAsync(set => set.SetProperty(progress => progress.After, after));
        if (moved != 1) throw new InvalidOperationException("The lease was lost.");
    }

    protected override void OnModelCreating(ModelBuilder builder) => builder.Entity<ProgressEntity>(progress =>
    {
        progress.ToTable("progress").HasKey(each => each.Job);
        progress.Property(each => each.Job).HasColumnName("job");
        progress.Property(each => each.After).HasColumnName("after");
        progress.Property(each => each.Epoch).HasColumnName("epoch");
    });
}

internal sealed class ProgressEntity
{
    public required string Job { get; set; }

    public long After { get; set; }

    public long Epoch { get; set; }
}
