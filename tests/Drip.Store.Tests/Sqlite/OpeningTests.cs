using Dapper;
using Drip.Sqlite;
using Microsoft.Data.Sqlite;

namespace Drip.Store.Tests.Sqlite;

public sealed class OpeningTests : IAsyncLifetime
{
    private readonly TempDatabase _file = new();

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    [Theory]
    [InlineData("journal_mode", "wal")]
    [InlineData("synchronous", "2")]
    [InlineData("foreign_keys", "1")]
    [InlineData("mmap_size", "0")]
    [InlineData("journal_size_limit", "67108864")]
    [InlineData("wal_autocheckpoint", "0")]
    [InlineData("temp_store", "2")]
    public async Task Every_connection_has_the_settings(string pragma, string value)
    {
        var database = _file.Open(new SqliteSettings());
        using var writer = await database.EnterWriterAsync();
        using var reader = database.OpenReader();

        Assert.Equal(value, writer.Connection.ExecuteScalar<string>($"PRAGMA {pragma}"));
        Assert.Equal(value, reader.ExecuteScalar<string>($"PRAGMA {pragma}"));
    }

    [Fact]
    public async Task A_lock_that_another_program_gives_up_is_waited_for()
    {
        _file.Execute("CREATE TABLE t (x)");
        var database = _file.Open();
        using var writer = await database.EnterWriterAsync();
        using var other = _file.Connect();
        other.Execute("BEGIN IMMEDIATE");
        var writing = Task.Run(() => writer.Connection.Execute("INSERT INTO t VALUES (1)"));

        other.Execute("COMMIT");

        Assert.Equal(1, await writing);
    }

    [Fact]
    public async Task Syncing_only_at_checkpoints_can_be_chosen()
    {
        using var writer = await _file.Open(new SqliteSettings { SynchronousNormal = true }).EnterWriterAsync();

        Assert.Equal(1, writer.Connection.ExecuteScalar<int>("PRAGMA synchronous"));
    }

    [Fact]
    public void A_reader_cannot_write()
    {
        using var reader = _file.Open().OpenReader();

        Assert.Throws<SqliteException>(() => reader.Execute("CREATE TABLE t (x)"));
    }

    [Fact]
    public async Task The_writer_is_one_connection_for_one_user_at_a_time()
    {
        var database = _file.Open();
        var first = await database.EnterWriterAsync();
        var second = database.EnterWriterAsync().AsTask();
        Assert.False(second.IsCompleted);

        var connection = first.Connection;
        first.Dispose();

        using var next = await second;
        Assert.Same(connection, next.Connection);
    }

    [Fact]
    public async Task A_lease_that_is_given_back_twice_counts_once()
    {
        var database = _file.Open();
        var first = await database.EnterWriterAsync();
        first.Dispose();
        first.Dispose();

        var second = await database.EnterWriterAsync();
        var third = database.EnterWriterAsync().AsTask();
        Assert.False(third.IsCompleted);

        second.Dispose();
        (await third).Dispose();
    }

    [Fact]
    public async Task Waiting_for_the_writer_can_be_cancelled()
    {
        var database = _file.Open();
        using var first = await database.EnterWriterAsync();
        using var cancelled = new CancellationTokenSource();
        var waiting = database.EnterWriterAsync(cancelled.Token).AsTask();

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task A_transaction_that_was_left_open_does_not_reach_the_next_user()
    {
        _file.Execute("CREATE TABLE t (x)");
        var database = _file.Open();
        using (var lease = await database.EnterWriterAsync()) lease.Connection.Execute("BEGIN; INSERT INTO t VALUES (1)");

        using var next = await database.EnterWriterAsync();

        Assert.Equal(0, next.Connection.ExecuteScalar<int>("SELECT COUNT(*) FROM t"));
    }

    [Fact]
    public async Task A_closed_database_lends_no_writer()
    {
        var database = _file.Open();
        await database.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await database.EnterWriterAsync());
    }

    [Fact]
    public async Task An_empty_file_is_an_empty_database()
    {
        using var writer = await _file.Open().EnterWriterAsync();

        writer.Connection.Execute("CREATE TABLE t (x)");

        Assert.Equal(1, _file.Ask<int>("SELECT COUNT(*) FROM sqlite_master"));
    }

    [Fact]
    public async Task A_missing_file_is_made_only_where_the_connection_string_says_so()
    {
        using var writer = await _file.OpenAt(_file.InFolder("new.db"), more: "Mode=ReadWriteCreate").EnterWriterAsync();

        Assert.True(File.Exists(_file.InFolder("new.db")));
    }

    [Theory]
    [InlineData("nfs", true)]
    [InlineData("nfs4", true)]
    [InlineData("CIFS", true)]
    [InlineData("smb2", true)]
    [InlineData("fuse.sshfs", true)]
    [InlineData("ext4", false)]
    [InlineData("tmpfs", false)]
    [InlineData("overlay", false)]
    [InlineData("NTFS", false)]
    public void Network_file_systems_are_recognised(string format, bool isNetwork) =>
        Assert.Equal(isNetwork, NetworkFileSystem.IsNetwork(format));

    [Theory]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=shop.db;Mode=Memory")]
    [InlineData("Data Source=shop;Mode=Memory;Cache=Shared")]
    [InlineData("Data Source=file:shop.db?mode=memory&cache=shared")]
    [InlineData("Data Source=")]
    [InlineData("Data Source=shop.db;Password=x")]
    [InlineData("Server=localhost")]
    [InlineData("shop.db")]
    public void A_connection_string_that_names_no_file_of_its_own_is_refused(string connectionString)
    {
        var error = Assert.Throws<DripException>(() => new SqliteDatabase(connectionString));

        Assert.Equal(DripErrorKind.Usage, error.Kind);
        Assert.Equal("connection-string", error.Code);
    }

    [Fact]
    public void The_description_is_the_path_as_given() =>
        Assert.Equal("data/shop.db", new SqliteDatabase("Data Source=data/shop.db").Description);
}
