using Dapper;
using Drip.Sqlite;

namespace Drip.Store.Tests.Sqlite;

public sealed class CheckpointTests : IAsyncLifetime
{
    private const int Megabyte = 1024 * 1024;
    private readonly TempDatabase _file = new();

    public ValueTask InitializeAsync()
    {
        _file.Execute("CREATE TABLE t (x)");
        return default;
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    [Fact]
    public async Task The_log_stays_short_however_much_is_written()
    {
        var database = _file.Open();
        var longest = 0L;
        for (var i = 0; i < 20; i++)
        {
            await WriteAsync(database, Megabyte);
            longest = Math.Max(longest, _file.LogSize);
        }

        Assert.InRange(longest, Megabyte, 7 * Megabyte);
        Assert.True(new FileInfo(_file.Path).Length > 12 * Megabyte);
    }

    [Fact]
    public async Task The_log_stays_short_when_another_process_writes()
    {
        var keeper = _file.Open();
        await WriteAsync(keeper, 1);
        var other = _file.Open();
        for (var i = 0; i < 20; i++)
        {
            await WriteAsync(other, Megabyte);
            await WriteAsync(keeper, 1);
        }

        Assert.InRange(_file.LogSize, Megabyte, 12 * Megabyte);
    }

    [Fact]
    public async Task The_log_is_empty_after_closing()
    {
        var database = _file.Open();
        await WriteAsync(database, Megabyte);
        // Without a second connection on the log, closing the last one would remove it whatever Drip did.
        using var other = _file.Connect();
        Assert.Equal(1, other.ExecuteScalar<int>("SELECT COUNT(*) FROM t"));
        Assert.NotEqual(0, _file.LogSize);

        await database.DisposeAsync();

        Assert.Equal(0, _file.LogSize);
        Assert.Equal(1, other.ExecuteScalar<int>("SELECT COUNT(*) FROM t"));
    }

    [Fact]
    public async Task A_process_without_the_lock_does_not_checkpoint()
    {
        var keeper = _file.Open();
        await WriteAsync(keeper, 1);
        var other = _file.Open();

        for (var i = 0; i < 10; i++) await WriteAsync(other, Megabyte);

        Assert.True(keeper.IsCheckpointing);
        Assert.False(other.IsCheckpointing);
        Assert.True(_file.LogSize > 10 * Megabyte);
    }

    [Fact]
    public async Task A_lock_that_became_free_is_taken_by_a_process_that_goes_on()
    {
        var keeper = _file.Open();
        await WriteAsync(keeper, 1);
        var other = _file.Open();
        await WriteAsync(other, 1);
        await keeper.DisposeAsync();

        for (var i = 0; i < 64; i++) await WriteAsync(other, 1);

        Assert.True(other.IsCheckpointing);
    }

    [Fact]
    public async Task A_lock_file_that_a_killed_process_left_is_free()
    {
        await File.WriteAllTextAsync(_file.LockPath, "");
        var database = _file.Open();

        await WriteAsync(database, 1);

        Assert.True(database.IsCheckpointing);
    }

    [Fact]
    public async Task The_lock_file_is_removed_on_closing()
    {
        var database = _file.Open();
        await WriteAsync(database, 1);
        Assert.True(File.Exists(_file.LockPath));

        await database.DisposeAsync();

        Assert.False(File.Exists(_file.LockPath));
    }

    [Fact]
    public void A_reader_takes_no_lock()
    {
        using var reader = _file.Open().OpenReader();

        Assert.False(File.Exists(_file.LockPath));
    }

    [Fact]
    public async Task The_lock_never_has_two_holders()
    {
        var (holders, taken, together) = (0, 0, 0);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 2000; i++)
            {
                using var held = new CheckpointLock(_file.Path);
                if (!held.TryTake()) continue;
                Interlocked.Increment(ref taken);
                if (Interlocked.Increment(ref holders) > 1) Interlocked.Increment(ref together);
                Thread.SpinWait(100);
                Interlocked.Decrement(ref holders);
            }
        })));

        Assert.NotEqual(0, taken);
        Assert.Equal(0, together);
    }

    private static async Task WriteAsync(SqliteDatabase database, int bytes)
    {
        using var lease = await database.EnterWriterAsync();
        lease.Connection.Execute("INSERT INTO t VALUES (zeroblob(@bytes))", new { bytes });
    }
}
