namespace Shop;

/// <summary>Ends the sessions that nobody ended. SQL of the author's own is in the database's dialect, so this one differs from the Shop's.</summary>
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
        batch.UpdateAsync($"state = {State}, ended_at = started_at + interval '8 hours'", cancellationToken);
}
