using Drip.Data;
using Drip.Hosting.Configuration;
using Drip.Store;

namespace Drip.Hosting.Databases;

/// <summary>
/// One of a worker's databases, to be opened when a command needs it. What opens it is a function, so that a published worker holds
/// nothing of the engines that its program does not name.
/// </summary>
/// <param name="Name">Its name; empty for the default one.</param>
/// <param name="Open">Makes the access to it, with the settings and the machine's clock; the database itself is not touched yet.</param>
internal sealed record DatabaseSource(string Name, Func<WorkerSettings, TimeProvider, OpenDatabase> Open);

/// <summary>The two uses of one database, which share its connections.</summary>
/// <param name="Rows">The rows of jobs.</param>
/// <param name="MakeStore">Makes the store of runs, where it is to be in this database.</param>
/// <param name="Connections">What both stand on; disposed after them.</param>
internal sealed record OpenDatabase(IDatabase Rows, Func<IRunStore> MakeStore, IAsyncDisposable Connections);
