using System.Globalization;
using Npgsql;

namespace Drip.Postgres;

/// <summary>
/// Wakes a worker when the server says that there may be work (see the triggers of <c>drip_run</c>), on a connection of its own that is opened
/// again when it breaks. It is a hint: whatever goes wrong here costs the time until the worker looks by itself.
/// </summary>
internal sealed class Listener : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    private readonly PostgresDatabase _database;
    private readonly Action _wake;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _listening;

    public Listener(PostgresDatabase database, Action wake)
    {
        (_database, _wake) = (database, wake);
        _listening = Task.Run(ListenAsync);
    }

    public async ValueTask DisposeAsync()
    {
        // Not disposed itself, so that it can be ended twice: it holds no timer.
        await _end.CancelAsync().ConfigureAwait(false);
        await _listening.ConfigureAwait(false);
    }

    private async Task ListenAsync()
    {
        await using var source = _database.CreateListenerSource();
        for (var pause = FirstPause; !_end.IsCancellationRequested; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(_end.Token).ConfigureAwait(false);
                if (await SubscribeAsync(connection).ConfigureAwait(false))
                {
                    pause = FirstPause;
                    await WakeAsync(connection).ConfigureAwait(false);
                }
            }
            catch (Exception)
            {
                // Whatever it is, the worker looks by itself until it is over; what lasts, its own statements tell.
            }

            await Task.Delay(pause, _database.LocalTime, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // The channel is the number of the table, which only the server knows; false as long as there is no such table.
    private async Task<bool> SubscribeAsync(NpgsqlConnection connection)
    {
        await using var find = new NpgsqlCommand("SELECT to_regclass($1)::oid::bigint", connection);
        find.Parameters.Add(new NpgsqlParameter<string> { TypedValue = _database.Table("drip_run") });
        if (await find.ExecuteScalarAsync(_end.Token).ConfigureAwait(false) is not long table) return false;
        await using var listen = new NpgsqlCommand(string.Create(CultureInfo.InvariantCulture, $"LISTEN drip_run_{table}"), connection);
        await listen.ExecuteNonQueryAsync(_end.Token).ConfigureAwait(false);
        return true;
    }

    private async Task WakeAsync(NpgsqlConnection connection)
    {
        // What happened while nobody listened was not heard.
        _wake();
        connection.Notification += (_, _) => _wake();
        while (true) await connection.WaitAsync(_end.Token).ConfigureAwait(false);
    }
}
