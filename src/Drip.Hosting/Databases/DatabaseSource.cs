using Drip.Data;
using Drip.Hosting.Configuration;
using Drip.Store;

namespace Drip.Hosting.Databases;

/// <summary>One of a worker's databases, to be opened when a command needs it.</summary>
/// <param name="Name">Its name; empty for the default one.</param>
/// <param name="Open">Makes the access to its rows, and the store of runs beside them; neither touches the database yet.</param>
internal sealed record DatabaseSource(string Name, Func<WorkerSettings, (IDatabase Rows, IRunStore Store)> Open);
