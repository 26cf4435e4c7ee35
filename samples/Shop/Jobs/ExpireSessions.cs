namespace Shop;

/// <summary>Ends the sessions that nobody ended.</summary>
[Backfill(BatchSize = 500, Description = "Expire sessions that are open since before a day")]
public partial class ExpireSessions
{
    [Option(Description = "Sessions begun before this day")]
    public DateOnly Before { get; set; } = new(2026, 1, 1);

    [Option(Description = "What becomes of them")]
    public SessionState State { get; set; } = SessionState.Expired;

    public Scope<Session> Scope() =>
        Session.Where($"state = {SessionState.Open} AND started_at < {Before.ToDateTime(TimeOnly.MinValue)}");

    public Task<int> ProcessBatchAsync(Batch<Session> batch, CancellationToken cancellationToken) =>
        batch.UpdateAsync($"state = {State}, ended_at = datetime(started_at, '+8 hours')", cancellationToken);
}
