using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Drip.CodeFixes.Declarations;

/// <summary>Puts an attribute where people write it: before a parameter, on a line of its own above a property.</summary>
internal static class AttributeText
{
    public static TextChange Before(SyntaxNode member, string attribute, SourceText text)
    {
        var at = new TextSpan(member.SpanStart, 0);
        var line = text.Lines.GetLineFromPosition(member.SpanStart);
        var indentation = text.ToString(TextSpan.FromBounds(line.Start, member.SpanStart));
        if (member is ParameterSyntax || !string.IsNullOrWhiteSpace(indentation)) return new TextChange(at, attribute + " ");
        return new TextChange(at, attribute + text.ToString(TextSpan.FromBounds(line.End, line.EndIncludingLineBreak)) + indentation);
    }
}
