using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Drip.Sqlite;

/// <summary>
/// One SQLite file as one process uses it: any number of readers, and one writer connection that is lent to one user at a
/// time. Share one instance per file: it is what keeps the process's writes apart.
/// </summary>
public sealed class SqliteDatabase : IAsyncDisposable
{
    private readonly SqliteLocation _location;
    private readonly SqliteSettings _settings;
    private readonly SemaphoreSlim _writerLock = new(1, 1);
    private WalKeeper? _keeper;
    private SqliteConnection? _writer;
    // The engine's own name for the file: links are resolved, so its log and Drip's lock are beside this one.
    private string? _openedPath;
    private bool _isDisposed;

    // Microsoft.Data.Sqlite looks this method up by name when an application makes a connection of its own first, and
    // fails where a trimmed application has the type without the method.
    [DynamicDependency(nameof(Batteries_V2.Init), typeof(Batteries_V2))]
    static SqliteDatabase() => Batteries_V2.Init();

    /// <summary>Names the file; nothing is opened yet.</summary>
    /// <param name="connectionString">
    /// A connection string of Microsoft.Data.Sqlite, for example <c>Data Source=shop.db</c>. The file must exist, unless it
    /// says <c>Mode=ReadWriteCreate</c>.
    /// </param>
    /// <param name="settings">How connections behave; null for the defaults.</param>
    /// <exception cref="DripException">The connection string cannot be read, or names a database in memory.</exception>
    public SqliteDatabase(string connectionString, SqliteSettings? settings = null)
    {
        _location = SqliteLocation.Parse(connectionString);
        _settings = settings ?? new SqliteSettings();
    }

    /// <summary>The file's full path.</summary>
    public string Path => _location.FullPath;

    /// <summary>The file's path as it was given, for messages.</summary>
    public string Description => _location.Given;

    internal bool IsCheckpointing => _keeper is { IsKeeper: true };

    /// <summary>Whether the connection, which may be another's, is open on this file.</summary>
    internal bool IsOn(SqliteConnection connection) =>
        ReferenceEquals(connection, _writer) || connection.DataSource == (_openedPath ?? Path);

    /// <summary>Opens a connection that can only read; the caller disposes it.</summary>
    /// <exception cref="DripException">The file cannot be opened.</exception>
    public SqliteConnection OpenReader() => Open(isReader: true);

    /// <summary>Waits for the writer connection; it is opened on first use and given back by disposing the lease.</summary>
    /// <exception cref="DripException">The file cannot be opened, or not for writing.</exception>
    public async ValueTask<WriterLease> EnterWriterAsync(CancellationToken cancellationToken = default)
    {
        await _writerLock.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return new WriterLease(this, _writer ??= OpenWriter());
        }
        catch
        {
            // Not lent, so nobody else would give it back.
            _writerLock.Release();
            throw;
        }
    }

    /// <summary>Turns an error of SQLite into one that people understand; null if there is nothing they could do about it.</summary>
    public DripException? Explain(Exception error) => error is SqliteException sqlite ? SqliteErrors.Explain(sqlite, _location) : null;

    /// <summary>Waits for the lease in use, copies the write-ahead log into the file and closes the writer connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await _writerLock.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_isDisposed) return;
            _isDisposed = true;
            if (_writer is not null) _keeper!.End(_writer);
            _writer?.Dispose();
            _keeper?.Dispose();
        }
        finally
        {
            _writerLock.Release();
        }
    }

    internal void LeaveWriter()
    {
        try
        {
            if (raw.sqlite3_get_autocommit(_writer!.Handle!) == 0) DropWriter();
            else _keeper!.AfterLease(_writer);
        }
        finally
        {
            _writerLock.Release();
        }
    }

    // A transaction that its user left open must not become part of the next user's; closing rolls it back.
    private void DropWriter()
    {
        _writer!.Dispose();
        _writer = null;
    }

    private SqliteConnection OpenWriter()
    {
        var connection = Open(isReader: false);
        if (raw.sqlite3_db_readonly(connection.Handle!, "main") == 1)
        {
            connection.Dispose();
            throw SqliteErrors.NotWritable(_location);
        }

        _keeper ??= new WalKeeper(connection.DataSource);
        _keeper.Begin(connection);
        return connection;
    }

    private SqliteConnection Open(bool isReader)
    {
        if (_openedPath is null) NetworkFileSystem.Refuse(_location);
        var connection = new SqliteConnection(_location.ConnectionString);
        try
        {
            connection.Open();
            Configure(connection, isReader);
            _openedPath ??= connection.DataSource;
            return connection;
        }
        catch (Exception error)
        {
            connection.Dispose();
            if (Explain(error) is { } explained) throw explained;
            throw;
        }
    }

    private void Configure(SqliteConnection connection, bool isReader)
    {
        var database = connection.Handle!;
        // Before anything that takes a lock.
        LockWait.Install(database, _settings.BusyTimeout);

        // A file that cannot be written keeps the journal it has: reading needs no change.
        if (raw.sqlite3_db_readonly(database, "main") == 0) WriteAheadLog.Require(database, _location, _settings.BusyTimeout);

        var pragmas = "PRAGMA foreign_keys=ON; PRAGMA mmap_size=0; PRAGMA journal_size_limit=67108864; "
            + "PRAGMA wal_autocheckpoint=0; PRAGMA temp_store=MEMORY; "
            + (_settings.SynchronousNormal ? "PRAGMA synchronous=NORMAL; " : "PRAGMA synchronous=FULL; ")
            + (isReader ? "PRAGMA query_only=ON" : "");
        SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(database, pragmas), database);
    }
}
