using Drip.Generated;
using Drip.Producers.Versions;

namespace Drip.Sqlite.Tests.Versions.Harness;

/// <summary>Makes changes as the scheduler would, and applies them as simply as can be.</summary>
internal static class Change
{
    public static RecordChange Create<T>(int model, T record) where T : class, IRecord<T> =>
        new(model, RecordChangeKind.Create, T.IdOf(record), default, null, record);

    public static RecordChange Update<T>(int model, T before, T after) where T : class, IRecord<T> =>
        new(model, RecordChangeKind.Update, T.IdOf(before), T.Diff(before, after), before, after);

    public static RecordChange Delete<T>(int model, T record) where T : class, IRecord<T> =>
        new(model, RecordChangeKind.Delete, T.IdOf(record), default, record, null);

    /// <summary>Applies changes to the records of all models.</summary>
    public static void Apply(ProducerPlan plan, List<object>[] records, IEnumerable<RecordChange> changes)
    {
        var models = new ProducerModels(plan).All;
        foreach (var change in changes) models[change.Model].Accept(new Application(records[change.Model], change));
    }

    private sealed class Application(List<object> records, RecordChange change) : IModelVisitor<bool>
    {
        public bool Visit<T>(ModelPlan<T> model) where T : class, IRecord<T>
        {
            var place = records.FindIndex(record => T.IdOf((T)record) == change.Id);
            Assert.Equal(change.Kind == RecordChangeKind.Create, place < 0);
            switch (change.Kind)
            {
                case RecordChangeKind.Create:
                    Assert.Null(change.Before);
                    records.Add(change.After!);
                    break;
                case RecordChangeKind.Delete:
                    Assert.Equal(records[place], change.Before);
                    Assert.Null(change.After);
                    records.RemoveAt(place);
                    break;
                default:
                    var current = (T)records[place];
                    // What the change says was there before is what was there.
                    Assert.Equal(current, T.Merge(current, current, (T)change.Before!, change.Columns));
                    records[place] = T.Merge(current, (T)change.Before!, (T)change.After!, change.Columns);
                    break;
            }

            return true;
        }
    }
}
