using Drip.Hooks;

namespace Drip.Data;

/// <summary>A database that holds the rows of jobs, and beside them the cursors of their runs.</summary>
public interface IDatabase : IAsyncDisposable
{
    /// <summary>What people call the database, without secrets.</summary>
    string Description { get; }

    /// <summary>
    /// Whether an open batch keeps every other writer out, so that nobody can take a partition while its worker is inside one. Where it does
    /// not, a worker whose lease runs out in the middle of a batch has to give the batch up.
    /// </summary>
    bool ExcludesOthers => false;

    /// <summary>
    /// Opens the table of a scope for one run: checks that the table, its columns and a unique key are there, before any
    /// row is touched.
    /// </summary>
    /// <exception cref="DripException">Something is missing; the message names it, and the nearest name that exists.</exception>
    ValueTask<ITable<T>> OpenAsync<T>(Scope<T> scope, CancellationToken cancellationToken) where T : IModel<T>;

    /// <summary>How far the partitions of runs have come, and who has them.</summary>
    ICursors Cursors { get; }

    /// <summary>The rows that runs put aside because they fail.</summary>
    IQuarantine Quarantine { get; }

    /// <summary>The after-hooks of batches that are to be called, each written in its batch's transaction.</summary>
    IOutbox Outbox { get; }

    /// <summary>Turns an error of the engine into one that people understand; null if it is none that is known.</summary>
    DripException? Explain(Exception error);
}

/// <summary>The databases of a host, by name; the one without a name is the default.</summary>
public sealed class DatabaseSet
{
    private readonly Dictionary<string, IDatabase> _databases = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds a database; the empty name is the default one.</summary>
    public void Add(string name, IDatabase database) => _databases.Add(name, database);

    /// <summary>The database with this name; null for the default one.</summary>
    /// <exception cref="DripException">The host has no such database.</exception>
    public IDatabase Find(string? name)
    {
        if (_databases.TryGetValue(name ?? "", out var database)) return database;
        throw new DripException(DripErrorKind.Usage, "unknown-database",
            name is null ? "The host has no database." : $"The host has no database named '{name}'.",
            name is null
                ? "Add one before Build(): builder.UseSqlite(\"Data Source=app.db\") or builder.UsePostgres(\"Host=db;Database=app\")."
                : $"Add it before Build(): builder.UseSqlite or builder.UsePostgres, with name: \"{name}\".");
    }
}
