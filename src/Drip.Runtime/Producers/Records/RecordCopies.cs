using Drip.Generated;

namespace Drip.Producers.Records;

/// <summary>Takes initial data over, record by record.</summary>
internal static class RecordCopies
{
    public static void Copy(ProducerPlan plan, RecordStore from, RecordChanges to)
    {
        foreach (var model in plan.Models) model.Accept(new FromStore(from, to));
    }

    /// <exception cref="DripException">One of them is of no model of the producer.</exception>
    public static void Copy(ProducerPlan plan, IEnumerable<object> from, RecordChanges to)
    {
        foreach (var record in from)
        {
            var model = plan.Models.FirstOrDefault(model => model.Type == record?.GetType()) ?? throw new DripException(
                DripErrorKind.Usage, "unknown-model", $"The initial data has a {record?.GetType().Name ?? "null"}, which is not a model of {plan.Name}.",
                $"Give records of its models: {string.Join(", ", plan.Models.Select(model => model.Name))}.");
            model.Accept(new One(record, to));
        }
    }

    private sealed class FromStore(RecordStore from, RecordChanges to) : IModelVisitor<bool>
    {
        public bool Visit<T>(ModelPlan<T> model) where T : class, IRecord<T>
        {
            foreach (var record in from.All<T>()) to.Create(record);
            return true;
        }
    }

    private sealed class One(object record, RecordChanges to) : IModelVisitor<bool>
    {
        public bool Visit<T>(ModelPlan<T> model) where T : class, IRecord<T>
        {
            to.Create((T)record);
            return true;
        }
    }
}
