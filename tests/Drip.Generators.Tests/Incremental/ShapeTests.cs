using System.Reflection;
using Drip.Generators.Model;
using Drip.Generators.Model.Producers;
using Drip.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Tests.Incremental;

/// <summary>What the incremental cache keeps must be plain data: nothing that holds a compilation, everything equatable.</summary>
public sealed class ShapeTests
{
    private static readonly Type[] s_roots = [typeof(ModelSpec), typeof(BackfillSpec), typeof(ProducerSpec), typeof(HookHandlerSpec), typeof(ProjectSpec), typeof(JobSpec), typeof(EnvironmentSpec), typeof(ManifestSpec)];

    public static TheoryData<Type> Reachable => [.. s_roots.Aggregate(new HashSet<Type>(), Reach)];

    [Theory]
    [MemberData(nameof(Reachable), DisableDiscoveryEnumeration = true)]
    public void A_model_holds_nothing_of_the_compiler(Type type) =>
        Assert.False(type.FullName!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal), $"{type} is the compiler's.");

    [Theory]
    [MemberData(nameof(Reachable), DisableDiscoveryEnumeration = true)]
    public void A_model_is_equal_by_value(Type type) =>
        Assert.True(type.IsEnum || typeof(IEquatable<>).MakeGenericType(type).IsAssignableFrom(type), $"{type} is not equatable.");

    [Fact]
    public void Every_output_of_a_step_is_such_a_model()
    {
        const string Job = "[Backfill] public partial class Job { Scope<Shop.Employee> Scope() => Shop.Employee.All; void ProcessElement(Shop.Employee e) { } }";
        const string Handler = "[HookHandler] public static partial class Hooks { static void AfterRunCompleted() { } }";
        var outputs = Generation.Of(TestSources.Employee, Job, Handler, TestSources.Engine, TestSources.CrawlReport).Result.Results
            .SelectMany(static result => result.TrackedSteps)
            .Where(static step => step.Key.StartsWith("Drip.", StringComparison.Ordinal))
            .SelectMany(static step => step.Value)
            .SelectMany(static run => run.Outputs)
            .ToArray();
        Assert.NotEmpty(outputs);
        Assert.All(outputs, static output => Assert.Contains(output.Value.GetType(), s_roots));
    }

    [Fact]
    public void The_kinds_of_columns_are_those_of_the_abstractions() =>
        Assert.Equal(Enum.GetNames<ColumnType>(), Enum.GetNames<ColumnKind>());

    [Fact]
    public void The_kinds_of_options_are_those_of_the_abstractions() =>
        Assert.Equal(Enum.GetNames<OptionType>(), Enum.GetNames<OptionKind>());

    [Fact]
    public void The_policies_and_kinds_of_producers_are_those_of_the_abstractions()
    {
        Assert.Equal(Enum.GetNames<Conflict>(), Enum.GetNames<ConflictPolicy>());
        Assert.Equal(Enum.GetNames<OnFailure>(), Enum.GetNames<FailurePolicy>());
        Assert.Equal(Enum.GetNames<Drip.Generated.RecordIdKind>(), Enum.GetNames<RecordKind>());
    }

    private static HashSet<Type> Reach(HashSet<Type> seen, Type type)
    {
        var inner = type.IsArray ? type.GetElementType()! : Nullable.GetUnderlyingType(type) ?? type;
        var isPlain = inner.IsPrimitive || inner == typeof(string);
        if (isPlain || !seen.Add(inner) || inner.IsEnum) return seen;
        var fields = inner.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
        return fields.Aggregate(seen, static (all, field) => Reach(all, field.FieldType));
    }
}
