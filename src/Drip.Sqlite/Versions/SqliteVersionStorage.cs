using Drip.Generated;
using Drip.Producers.Versions;
using Microsoft.Data.Sqlite;

namespace Drip.Sqlite.Versions;

/// <summary>Keeps the versions of all runs of a directory in one file there.</summary>
internal sealed class SqliteVersionStorage(VersionSettings settings) : VersionStorage
{
    /// <inheritdoc/>
    internal override IVersionLog Begin(NewVersionLog run)
    {
        var file = new VersionFile(run.Directory);
        var models = new ProducerModels(run.Plan);
        var rule = RuleOf(file, run, models);
        var database = file.OpenWriter(new SqliteSettings { BusyTimeout = settings.BusyTimeout, SynchronousNormal = run.Durability == Durability.Relaxed });
        var id = 0L;
        try
        {
            using var writer = database.EnterWriter();
            Transaction.Run(writer.Connection, () => id = Add(writer.Connection, file, run));
        }
        catch (Exception error)
        {
            database.DisposeAsync().AsTask().GetAwaiter().GetResult();
            if (VersionErrors.Explain(error, file.Path) is { } explained) throw explained;
            throw;
        }

        return new SqliteVersionLog(database, id, run, [.. models.All.Select(RecordCodec.Of)], rule, settings, () => VersionReader.Open(file, run.Run, models));
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<VersionRun> List(string directory)
    {
        var file = new VersionFile(directory);
        using var reader = file.OpenReader();
        if (reader is null) return [];
        try
        {
            return RunRows.List(reader);
        }
        catch (Exception error) when (VersionErrors.Explain(error, file.Path) is { } explained)
        {
            throw explained;
        }
    }

    /// <inheritdoc/>
    internal override IVersionReader Open(string directory, string run, ProducerPlan plan) =>
        VersionReader.Open(new VersionFile(directory), run, new ProducerModels(plan));

    // A branch goes on counting where its parent's snapshot is; that the parent can be read is known then, too.
    private SnapshotRule RuleOf(VersionFile file, NewVersionLog run, ProducerModels models)
    {
        if (run.Parent is not { } parent) return new SnapshotRule(settings.SnapshotFloor, 0, 0);
        try
        {
            using var reader = VersionReader.Open(file, parent.Run, models);
            var (size, since) = reader.Weigh(parent.Version);
            return new SnapshotRule(settings.SnapshotFloor, size, since);
        }
        catch (DripException error) when (error.Code == "unknown-run")
        {
            throw VersionErrors.ParentElsewhere(parent.Run, file.Directory);
        }
    }

    private static long Add(SqliteConnection connection, VersionFile file, NewVersionLog run)
    {
        if (RunRows.Find(connection, run.Run) is not null) throw VersionErrors.RunExists(run.Run, file.Directory);
        return RunRows.Add(connection, run, run.Parent is { } parent ? RunRows.Find(connection, parent.Run)!.Id : null);
    }
}
