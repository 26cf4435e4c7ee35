using Drip.Data;
using Drip.Hosting.Configuration;
using Drip.Store;

namespace Drip.Hosting.Databases;

/// <summary>The databases of a worker, and the store of its runs, which is in one of them.</summary>
internal sealed class OpenDatabases : IAsyncDisposable
{
    private readonly List<OpenDatabase> _opened = [];
    private readonly string _storeIn;
    private readonly IRunStore? _store;

    /// <summary>Makes the access to the databases; none is touched yet.</summary>
    /// <param name="sources">The databases.</param>
    /// <param name="storeIn">The name of the one that the store is in; empty for the default one.</param>
    /// <param name="settings">The worker's settings.</param>
    /// <param name="time">The machine's clock.</param>
    public OpenDatabases(IEnumerable<DatabaseSource> sources, string storeIn, WorkerSettings settings, TimeProvider time)
    {
        _storeIn = storeIn;
        foreach (var source in sources)
        {
            var opened = source.Open(settings, time);
            _opened.Add(opened);
            Rows.Add(source.Name, opened.Rows);
            if (source.Name.Equals(storeIn, StringComparison.OrdinalIgnoreCase)) _store = opened.MakeStore();
        }
    }

    public DatabaseSet Rows { get; } = new();

    public IRunStore Store => _store ?? throw (_storeIn.Length == 0
        ? new DripException(DripErrorKind.Usage, "no-default-database",
            "The worker has no default database, and that is where runs are recorded.",
            "Add one before Build(), for example builder.UseSqlite(\"Data Source=app.db\"), or name another one with builder.StoreIn(\"…\").")
        : new DripException(DripErrorKind.Usage, "unknown-database",
            $"The store of runs is to be in the database '{_storeIn}', and the worker has none of that name.",
            $"Add it before Build(), for example builder.UsePostgres(\"…\", name: \"{_storeIn}\"), or correct builder.StoreIn."));

    public async ValueTask DisposeAsync()
    {
        if (_store is not null) await _store.DisposeAsync().ConfigureAwait(false);
        foreach (var opened in _opened)
        {
            await opened.Rows.DisposeAsync().ConfigureAwait(false);
            await opened.Connections.DisposeAsync().ConfigureAwait(false);
        }
    }
}
