using Drip.Generated;
using Drip.Producers.Versions;
using Version = Drip.Producers.Versions.Version;

namespace Drip.Sqlite.Tests.Versions.Harness;

/// <summary>What must be equal of versions and changes that went through a file.</summary>
internal static class Same
{
    /// <summary>Everything but the changes.</summary>
    public static IEqualityComparer<Version> Heads { get; } = EqualityComparer<Version>.Create(
        (left, right) => Head(left!) == Head(right!), version => version.Number.GetHashCode());

    /// <summary>A change, of an update only what changed.</summary>
    public static string Describe(RecordChange change)
    {
        var models = new ProducerModels(Plans.Crawl).All;
        return $"{models[change.Model].Name} {change.Kind} {change.Id}: {Values(change.Before)} -> {Values(change.After)}";

        string Values(object? record) => record is null ? "nothing" : models[change.Model].Accept(new Described(record, change));
    }

    private static string Head(Version version) =>
        $"{version.Number} {version.Kind} {version.Pipeline}/{version.Step} {version.Record} {version.Record?.Text is null} {version.Record?.Guid is null} {version.Attempt} {version.At.Ticks}";

    private sealed class Described(object record, RecordChange change) : IModelVisitor<string>
    {
        public string Visit<T>(ModelPlan<T> model) where T : class, IRecord<T>
        {
            var columns = change.Kind == RecordChangeKind.Update ? change.Columns : ColumnSet.First(model.Schema.Columns.Count);
            var members = model.Schema.Columns.Where((_, ordinal) => columns.Contains(ordinal)).Select(column => typeof(T).GetProperty(column.Member)!);
            return string.Join(", ", members.Select(member => $"{member.Name} = {member.GetValue(record) ?? "null"}"));
        }
    }
}
