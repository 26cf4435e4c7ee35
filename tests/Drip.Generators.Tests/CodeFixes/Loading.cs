namespace Drip.Generators.Tests.CodeFixes;

public sealed class Loading
{
    [Fact]
    public void The_fixes_load_in_any_editor_without_the_analyzers_or_a_composition_library()
    {
        var references = typeof(Drip.CodeFixes.TextFix).Assembly.GetReferencedAssemblies().Select(static reference => reference.Name);

        Assert.Equal(
            [
                "Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp", "Microsoft.CodeAnalysis.Workspaces",
                "System.Collections.Immutable", "netstandard",
            ],
            references.Order(StringComparer.Ordinal));
    }
}
