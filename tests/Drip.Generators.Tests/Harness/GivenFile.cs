using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Drip.Generators.Tests.Harness;

/// <summary>A file that a project gives to analyzers.</summary>
internal sealed class GivenFile(string path, string text) : AdditionalText
{
    public override string Path => path;

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
}
