using Drip.Data;
using Drip.Hosting.Configuration;
using Drip.Store;

namespace Drip.Hosting.Databases;

/// <summary>The databases of a worker, and the store of its runs, which is in the default one.</summary>
internal sealed class OpenDatabases : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _opened = [];
    private readonly IRunStore? _store;

    public OpenDatabases(IEnumerable<DatabaseSource> sources, WorkerSettings settings)
    {
        foreach (var source in sources)
        {
            var (rows, store) = source.Open(settings);
            _opened.AddRange([rows, store]);
            Rows.Add(source.Name, rows);
            if (source.Name.Length == 0) _store = store;
        }
    }

    public DatabaseSet Rows { get; } = new();

    public IRunStore Store => _store ?? throw new DripException(DripErrorKind.Usage, "no-default-database",
        "The worker has no default database, and that is where runs are recorded.",
        "Add one before Build(): builder.UseSqlite(\"Data Source=app.db\").");

    public async ValueTask DisposeAsync()
    {
        // The store first: it may still write into the database beside it.
        for (var i = _opened.Count - 1; i >= 0; i--) await _opened[i].DisposeAsync().ConfigureAwait(false);
    }
}
