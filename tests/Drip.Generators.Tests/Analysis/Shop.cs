using Drip.Generators.Tests.Harness;
using Microsoft.CodeAnalysis.CSharp;

namespace Drip.Generators.Tests.Analysis;

/// <summary>A model for sources that have none of their own, and what producers need of the engine.</summary>
internal static class Shop
{
    public const string Employee =
        """
        [Model("employees")]
        public partial record Employee(
            long Id, string Name, string? Department, string? Role, int Age, bool Active, int Revision, [Column("hired")] DateTime HiredAt);
        """;

    public static CSharpCompilation Compile(string source) => Compiled.Of(source, Employee, TestSources.Engine);
}
