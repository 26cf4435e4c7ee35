using Drip.Generated;
using Drip.Producers.Versions;
using Drip.Sqlite.Data;
using Drip.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace Drip.Sqlite.Versions;

/// <summary>
/// Brings the models that a run was written with together with those of the producer as it is now, by their names. A column that came later
/// and may be null reads as null; what would lose or invent a value is refused, with its name.
/// </summary>
internal sealed class StoredModels(ProducerModels models, RecordCodec[] codecs)
{
    /// <summary>The models of a run, by the index that it was written with.</summary>
    /// <exception cref="DripException">The run cannot be read with the models as they are.</exception>
    public StoredModel[] Of(SqliteConnection connection, RunRow run)
    {
        var names = new List<string>();
        using var list = new Statement(connection, "SELECT model, name FROM drip_version_model WHERE run = ?1 ORDER BY model");
        SqliteApi.BindInt64(list.Handle, 1, run.Id);
        while (list.Step())
        {
            if (SqliteApi.ColumnInt64(list.Handle, 0) != names.Count) throw new InvalidDataException("A model of a run is missing.");
            names.Add(new SqliteRowReader(list.Handle).GetString(1));
        }

        if (names.Count == 0) throw new InvalidDataException("The models of a run are missing.");
        var stored = new StoredModel[names.Count];
        for (var position = 0; position < stored.Length; position++)
        {
            // The records of steps come last, whatever an author's model is called.
            var index = position == stored.Length - 1 ? models.Steps : IndexOf(names[position]);
            if (index < 0) throw VersionErrors.ModelGone(run.Run.Run, names[position]);
            stored[position] = new StoredModel(index, codecs[index], Columns(connection, run, position, models.All[index]));
        }

        return stored;
    }

    private int IndexOf(string name)
    {
        for (var index = 0; index < models.Steps; index++)
        {
            if (models.All[index].Name == name) return index;
        }

        for (var index = 0; index < models.Steps; index++)
        {
            if (models.All[index].FormerNames.Contains(name)) return index;
        }

        return -1;
    }

    private static int[] Columns(SqliteConnection connection, RunRow run, int position, ModelPlan plan)
    {
        var columns = plan.Schema.Columns;
        var ordinals = new List<int>();
        using var list = new Statement(connection, "SELECT ordinal, name, type FROM drip_version_column WHERE run = ?1 AND model = ?2 ORDER BY ordinal");
        SqliteApi.BindInt64(list.Handle, 1, run.Id);
        SqliteApi.BindInt64(list.Handle, 2, position);
        while (list.Step())
        {
            var row = new SqliteRowReader(list.Handle);
            if (row.GetInt64(0) != ordinals.Count) throw new InvalidDataException("A column of a model is missing.");
            var (name, type) = (row.GetString(1), row.GetString(2));
            var ordinal = 0;
            while (ordinal < columns.Count && columns[ordinal].Name != name) ordinal++;
            if (ordinal == columns.Count) throw VersionErrors.ColumnGone(run.Run.Run, plan.Name, name);
            if (!Enum.TryParse<ColumnType>(type, out var written) || !ValueForms.CanRead(written, columns[ordinal].Type))
            {
                throw VersionErrors.ColumnChanged(run.Run.Run, plan.Name, name, type, columns[ordinal].Type);
            }

            ordinals.Add(ordinal);
        }

        for (var ordinal = 0; ordinal < columns.Count; ordinal++)
        {
            if (!columns[ordinal].IsNullable && !ordinals.Contains(ordinal)) throw VersionErrors.ColumnNew(run.Run.Run, plan.Name, columns[ordinal].Name);
        }

        return [.. ordinals];
    }
}
