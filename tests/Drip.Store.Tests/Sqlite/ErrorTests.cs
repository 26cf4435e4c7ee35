using Dapper;
using Drip.Sqlite;
using Microsoft.Data.Sqlite;

namespace Drip.Store.Tests.Sqlite;

public sealed class ErrorTests : IAsyncLifetime
{
    private readonly TempDatabase _file = new();

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    [Fact]
    public async Task A_missing_file_is_named()
    {
        var error = await OpeningFailsAsync(_file.OpenAt(_file.InFolder("nowhere.db")));

        AssertIs(error, DripErrorKind.Store, "database-missing", "There is no database file");
        Assert.False(File.Exists(_file.InFolder("nowhere.db")));
    }

    [Fact]
    public async Task A_missing_folder_is_named()
    {
        var error = await OpeningFailsAsync(_file.OpenAt(_file.InFolder("nowhere/shop.db")));

        AssertIs(error, DripErrorKind.Store, "database-missing", "There is no database file");
        Assert.Contains("does not exist either", error.Remedy);
    }

    [Fact]
    public async Task A_folder_is_not_a_database()
    {
        Directory.CreateDirectory(_file.InFolder("folder.db"));

        var error = await OpeningFailsAsync(_file.OpenAt(_file.InFolder("folder.db")));

        AssertIs(error, DripErrorKind.Store, "database-missing", "is a folder");
    }

    [Theory]
    [InlineData(40)]
    [InlineData(10_000)]
    public async Task A_file_of_something_else_is_not_a_database(int length)
    {
        await File.WriteAllTextAsync(_file.Path, new string('x', length));

        AssertIs(await OpeningFailsAsync(_file.Open()), DripErrorKind.Store, "not-a-database", "is not an SQLite database (or is encrypted)");
    }

    [Fact]
    public void A_reader_gets_the_same_explanation()
    {
        var error = Assert.Throws<DripException>(() => _file.OpenAt(_file.InFolder("nowhere.db")).OpenReader());

        AssertIs(error, DripErrorKind.Store, "database-missing", "There is no database file");
    }

    [Fact]
    public async Task A_file_that_is_opened_for_reading_only_is_read_and_not_written()
    {
        _file.Execute("CREATE TABLE t (x); INSERT INTO t VALUES (1)");
        var database = _file.Open(more: "Mode=ReadOnly");

        using (var reader = database.OpenReader()) Assert.Equal(1, reader.ExecuteScalar<int>("SELECT COUNT(*) FROM t"));
        var error = await OpeningFailsAsync(database);

        AssertIs(error, DripErrorKind.Store, "database-read-only", "reading only");
    }

    [Fact]
    public async Task A_writer_can_be_entered_again_after_it_failed_to_open()
    {
        var database = _file.OpenAt(_file.InFolder("late.db"));
        await OpeningFailsAsync(database);
        await File.WriteAllBytesAsync(_file.InFolder("late.db"), []);

        using var writer = await database.EnterWriterAsync();

        Assert.Equal(System.Data.ConnectionState.Open, writer.Connection.State);
    }

    [Fact]
    public async Task A_file_that_another_program_has_locked_is_busy()
    {
        using var other = _file.Connect();
        other.Execute("BEGIN EXCLUSIVE");

        var error = await OpeningFailsAsync(_file.Open(new SqliteSettings { BusyTimeout = TimeSpan.FromMilliseconds(50) }));

        AssertIs(error, DripErrorKind.Busy, "database-locked", "Another program holds a lock on");
    }

    [Fact]
    public async Task A_damaged_file_says_how_to_save_what_is_left()
    {
        _file.Execute("CREATE TABLE t (x); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 5000) INSERT INTO t SELECT randomblob(100) FROM n");
        await using (var file = File.OpenWrite(_file.Path))
        {
            file.Position = 4096;
            file.Write(new byte[20 * 4096]);
        }

        var database = _file.Open();
        using var reader = database.OpenReader();
        var error = database.Explain(Assert.Throws<SqliteException>(() => reader.ExecuteScalar<int>("SELECT COUNT(x) FROM t")));

        AssertIs(error, DripErrorKind.Store, "database-damaged", "is damaged");
        Assert.Contains(".recover", error!.Remedy);
    }

    [Fact]
    public async Task A_full_disk_is_something_to_go_on_from()
    {
        var database = _file.Open();
        using var writer = await database.EnterWriterAsync();
        writer.Connection.Execute("CREATE TABLE t (x); PRAGMA max_page_count = 10");

        var error = database.Explain(Assert.Throws<SqliteException>(() => writer.Connection.Execute("INSERT INTO t VALUES (zeroblob(100000))")));

        AssertIs(error, DripErrorKind.Paused, "disk-full", "is full");
    }

    [Theory]
    [InlineData("SELECT * FROM customers", "missing-table", "There is no table customers in")]
    [InlineData("SELECT wrong FROM t", "missing-column", "There is no column wrong in the table")]
    [InlineData("INSERT INTO t (wrong) VALUES (1)", "missing-column", "There is no column wrong in the table")]
    public async Task A_name_that_the_database_does_not_have_is_a_mistake_of_the_user(string sql, string code, string problem)
    {
        _file.Execute("CREATE TABLE t (x)");
        var database = _file.Open();
        using var writer = await database.EnterWriterAsync();

        var error = database.Explain(Assert.Throws<SqliteException>(() => writer.Connection.Execute(sql)));

        AssertIs(error, DripErrorKind.Usage, code, problem);
    }

    [Theory]
    [InlineData("SELECT * FRM t")]
    [InlineData("INSERT INTO t VALUES (NULL)")]
    public async Task Errors_that_are_the_authors_own_are_not_explained_away(string sql)
    {
        _file.Execute("CREATE TABLE t (x NOT NULL)");
        var database = _file.Open();
        using var writer = await database.EnterWriterAsync();

        Assert.Null(database.Explain(Assert.Throws<SqliteException>(() => writer.Connection.Execute(sql))));
        Assert.Null(database.Explain(new InvalidOperationException()));
    }

    private static async Task<DripException> OpeningFailsAsync(SqliteDatabase database) =>
        await Assert.ThrowsAsync<DripException>(async () => (await database.EnterWriterAsync()).Dispose());

    private static void AssertIs(DripException? error, DripErrorKind kind, string code, string problem)
    {
        Assert.NotNull(error);
        Assert.Equal((kind, code), (error.Kind, error.Code));
        Assert.Contains(problem, error.Message);
        Assert.NotEmpty(error.Remedy);
        if (code != "database-read-only") Assert.IsType<SqliteException>(error.InnerException);
    }
}
