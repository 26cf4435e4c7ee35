namespace Drip.Crash.App;

/// <summary>
/// An account of <c>pgbench</c>, which its workload changes while a job does. The filler, which nobody else uses, gets one mark for
/// each time that a job touches the row.
/// </summary>
[Model("pgbench_accounts")]
public partial record Account([property: Key] int Aid, int Bid, int Abalance, string Filler);

/// <summary>Row by row: a row that the workload changes at the same time keeps what both did.</summary>
[Backfill(BatchSize = 1000, Partitions = 4)]
public partial class MarkAccounts
{
    public Scope<Account> Scope() => Account.All;

    public void ProcessElement(Account account, Changes<Account> accounts) =>
        accounts.Update(account with { Filler = account.Filler.TrimEnd() + "x" });
}

/// <summary>One UPDATE for each batch.</summary>
[Backfill(BatchSize = 1000, Partitions = 4)]
public partial class MarkAccountsByBatch
{
    public Scope<Account> Scope() => Account.All;

    public Task<int> ProcessBatchAsync(Batch<Account> batch, CancellationToken cancellationToken) =>
        batch.UpdateAsync($"filler = rtrim(filler) || {"x"}", cancellationToken);
}
