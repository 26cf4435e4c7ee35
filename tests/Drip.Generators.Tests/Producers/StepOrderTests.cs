using Drip.Generators.Model.Producers;
using Drip.Generators.Parsing.Producers;
using Drip.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Tests.Producers;

/// <summary>What each step comes after, and the order in which a plan lists them.</summary>
public sealed class StepOrderTests
{
    [Theory]
    [InlineData("A B C", "A; B after A; C after B")]
    [InlineData("A B:[A] C:[A] D:[B,C]", "A; B after A; C after A; D after B, C")]
    [InlineData("A B C=B D", "A; B after A; C after A; D after B, C")]
    [InlineData("A B=A C=B D", "A; B; C; D after A, B, C")]
    [InlineData("A B C=A D", "A; C; B after A, C; D after A, C")]
    [InlineData("A B:[] C", "A; B; C after B")]
    [InlineData("A B:[A] C:[A] D", "A; B after A; C after A; D after C")]
    [InlineData("A:[C] B:[] C", "B; C after B; A after C")]
    [InlineData("D:[A] A:[] B C:[A]", "A; D after A; B after A; C after A")]
    [InlineData("A B:[A,A]", "A; B after A")]
    [InlineData("A:[]", "A")]
    public void Each_step_comes_after_those_before_it(string written, string expected) =>
        Assert.Equal(expected, string.Join("; ", Plan(written).Select(static step => step.Text)));

    [Fact]
    public void Each_step_knows_those_that_wait_for_it()
    {
        var steps = Plan("A B C=B D").Select(static step => step.Spec).ToArray();
        Assert.Equal([[1, 2], [3], [3], []], steps.Select(static step => step.Before.ToArray()));
    }

    [Fact]
    public void A_chain_of_thousands_of_steps_is_sorted()
    {
        var after = Enumerable.Range(0, 5000).Select(static step => (IReadOnlyList<int>)(step == 0 ? [] : [step - 1])).ToArray();
        Assert.Null(Circle.Find(after));
        after[0] = [4999];
        Assert.Equal(5001, Circle.Find(after)!.Count);
    }

    // A name; ":[…]" is After, "=X" is With.
    private static IEnumerable<(string Text, StepSpec Spec)> Plan(string written)
    {
        var steps = written.Split(' ').Select(static step => step.Split(':', '=')).Zip(written.Split(' '), static (parts, whole) => (parts[0], parts.Length == 1
            ? ""
            : whole.Contains('=', StringComparison.Ordinal) ? $"(With = nameof({parts[1]}))" : $"(After = [{string.Join(", ", parts[1].Trim('[', ']').Split(',', StringSplitOptions.RemoveEmptyEntries).Select(static name => $"nameof({name})"))}])"));
        var source = $"[Producer] public partial class P {{ [Pipeline] public partial class Run {{ {string.Concat(steps.Select(static step => $"[Step{step.Item2}] void {step.Item1}() {{ }} "))} }} }}";
        var compilation = Compiled.Of(source);
        var producer = ProducerParser.Parse(compilation.GetTypeByMetadataName("P")!, compilation, sink: null, TestContext.Current.CancellationToken)!;
        Assert.Null(producer.Error);
        var plan = producer.Pipelines[0].Steps;
        return plan.Select(step => (step.Name + (step.After.Count == 0 ? "" : " after " + string.Join(", ", step.After.Select(index => plan[index].Name))), step));
    }
}
