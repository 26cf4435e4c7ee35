using Drip.Data;
using Drip.Hosting.Configuration;
using Drip.Store;

namespace Drip.Hosting.Databases;

/// <summary>The databases of a worker, and the store of its runs, which is in the default one.</summary>
internal sealed class OpenDatabases : IAsyncDisposable
{
    private readonly List<OpenDatabase> _opened = [];
    private readonly IRunStore? _store;

    public OpenDatabases(IEnumerable<DatabaseSource> sources, WorkerSettings settings)
    {
        foreach (var source in sources)
        {
            var opened = source.Open(settings);
            _opened.Add(opened);
            Rows.Add(source.Name, opened.Rows);
            if (source.Name.Length == 0) _store = opened.Store;
        }
    }

    public DatabaseSet Rows { get; } = new();

    public IRunStore Store => _store ?? throw new DripException(DripErrorKind.Usage, "no-default-database",
        "The worker has no default database, and that is where runs are recorded.",
        "Add one before Build(): builder.UseSqlite(\"Data Source=app.db\").");

    public async ValueTask DisposeAsync()
    {
        foreach (var opened in _opened)
        {
            await opened.Store.DisposeAsync().ConfigureAwait(false);
            await opened.Rows.DisposeAsync().ConfigureAwait(false);
            await opened.Connections.DisposeAsync().ConfigureAwait(false);
        }
    }
}
