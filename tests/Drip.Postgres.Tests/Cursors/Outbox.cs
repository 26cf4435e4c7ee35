using Drip.Generated;
using Drip.Hooks;
using Drip.Postgres.Data;
using static Drip.Postgres.Tests.Cursors.ProgressBench;

namespace Drip.Postgres.Tests.Cursors;

public sealed class Outbox
{
    [Theory]
    [InlineData(null)]
    [InlineData("its_own")]
    public async Task An_entry_of_a_batch_is_there_with_its_batch_claimed_once_postponed_and_settled(string? schema)
    {
        await using var bench = await CreateAsync(new PostgresSettings { Schema = schema });
        IOutbox outbox = BatchOutbox.Of(bench.Database);
        Assert.Empty(await outbox.ListAsync("run"));
        await ProgressTables.RequireAsync(bench.Database, default);
        var entry = new OutboxEntry("run", "job", new HookPoint(41), 2, 7, """{"a":"é"}""", Noon) { Due = Noon.AddMicroseconds(1), Owner = "me" };

        await using (var connection = await bench.Database.OpenAsync(default))
        {
            await using (var lost = await connection.BeginTransactionAsync()) await outbox.AddAsync(entry, lost);
            await using var kept = await connection.BeginTransactionAsync();
            await outbox.AddAsync(entry with { Context = "before" }, kept);
            await outbox.AddAsync(entry, kept);
            await kept.CommitAsync();
        }

        Assert.Equal(entry, Assert.Single(await outbox.ListAsync("run")));
        Assert.Equal(entry, Assert.Single(await outbox.FindAsync(Noon)));
        Assert.False(await outbox.ClaimAsync(entry with { Due = Noon }, "second", Noon));
        Assert.True(await outbox.ClaimAsync(entry, "second", Noon.AddMinutes(1)));
        Assert.False(await outbox.ClaimAsync(entry, "third", Noon.AddMinutes(1)));
        await outbox.PostponeAsync(entry with { Attempts = 3, Error = "no", Due = Noon.AddHours(1) });
        Assert.Empty(await outbox.FindAsync(Noon.AddMinutes(59)));
        Assert.Equal(entry with { Attempts = 3, Error = "no", Due = Noon.AddHours(1), Owner = null }, Assert.Single(await outbox.FindAsync(Noon.AddHours(1))));
        await outbox.SettleAsync(entry);
        Assert.Empty(await outbox.ListAsync("run"));
    }
}
