using Microsoft.CodeAnalysis;

namespace Drip.Generators.Tests.Harness;

/// <summary>What an editor config says of each file, as far as it matters here: whether it is generated.</summary>
internal sealed class TreeOptions(Func<SyntaxTree, bool> isGenerated) : SyntaxTreeOptionsProvider
{
    public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) =>
        isGenerated(tree) ? GeneratedKind.MarkedGenerated : GeneratedKind.Unknown;

    public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
    {
        severity = ReportDiagnostic.Default;
        return false;
    }

    public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
    {
        severity = ReportDiagnostic.Default;
        return false;
    }
}
