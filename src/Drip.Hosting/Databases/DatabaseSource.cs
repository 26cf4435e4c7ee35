using Drip.Data;
using Drip.Hosting.Configuration;
using Drip.Store;

namespace Drip.Hosting.Databases;

/// <summary>One of a worker's databases, to be opened when a command needs it.</summary>
/// <param name="Name">Its name; empty for the default one.</param>
/// <param name="Open">Makes the access to it; the database itself is not touched yet.</param>
internal sealed record DatabaseSource(string Name, Func<WorkerSettings, OpenDatabase> Open);

/// <summary>The two uses of one database, which share its connections.</summary>
/// <param name="Rows">The rows of jobs.</param>
/// <param name="Store">The store of runs.</param>
/// <param name="Connections">What both stand on; disposed after them.</param>
internal sealed record OpenDatabase(IDatabase Rows, IRunStore Store, IAsyncDisposable Connections);
