using System.Collections.Generic;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Drip.Generators.Analyzers.Sql;

/// <summary>
/// An interpolated string, or a sum of them, as one text: what SQL sees, with one <see cref="Hole"/> for each value in
/// braces, and where in the author's file each character stands.
/// </summary>
internal sealed class SqlSource
{
    /// <summary>Stands for a value; no character of a text.</summary>
    public const char Hole = '\uFFFF';

    private readonly StringBuilder _text = new();
    private readonly List<Part> _parts = [];

    private SqlSource(ExpressionSyntax expression)
    {
        Add(expression);
        Text = _text.ToString();
    }

    public string Text { get; }

    /// <summary>Whether the text is one string, not a sum.</summary>
    public bool IsOneString => _parts.TrueForAll(part => part.Syntax.Parent == _parts[0].Syntax.Parent);

    /// <summary>Reads the expression that makes a <c>SqlHandler</c>.</summary>
    public static SqlSource Of(ExpressionSyntax expression) => new(expression);

    /// <summary>The value in braces at this place of the text.</summary>
    public InterpolationSyntax HoleAt(int index) => (InterpolationSyntax)PartAt(index).Syntax;

    /// <summary>
    /// Where a stretch of the text stands; if that cannot be told to the character, the part of the string that it begins in.
    /// </summary>
    public Location Locate(int start, int length) => FindExact(start, length) ?? PartAt(start).Syntax.GetLocation();

    /// <summary>Where a stretch of the text stands, or null if that cannot be told to the character.</summary>
    public Location? FindExact(int start, int length)
    {
        var (first, last) = (PartAt(start), PartAt(start + length - 1));
        if (first.Syntax.Parent != last.Syntax.Parent) return null;
        if (first.SpanOf(start) is not { } from || last.SpanOf(start + length - 1) is not { } to) return null;
        return Location.Create(first.Syntax.SyntaxTree, TextSpan.FromBounds(from.Start, to.End));
    }

    private void Add(ExpressionSyntax expression)
    {
        switch (expression)
        {
            case ParenthesizedExpressionSyntax parenthesized:
                Add(parenthesized.Expression);
                break;
            case BinaryExpressionSyntax sum:
                Add(sum.Left);
                Add(sum.Right);
                break;
            case InterpolatedStringExpressionSyntax interpolated:
                var form = interpolated.StringStartToken.Kind();
                foreach (var content in interpolated.Contents) Add(content, form);
                break;
        }
    }

    private void Add(InterpolatedStringContentSyntax content, SyntaxKind form)
    {
        var start = _text.Length;
        if (content is InterpolatedStringTextSyntax { TextToken: var token })
        {
            _text.Append(token.ValueText);
            _parts.Add(new Part(start, content, Map(token, form)));
        }
        else
        {
            _text.Append(Hole);
            _parts.Add(new Part(start, content, [new TextSpan(0, content.Span.Length)]));
        }
    }

    private Part PartAt(int index)
    {
        var found = _parts[0];
        foreach (var part in _parts)
        {
            if (part.Start > index) break;
            found = part;
        }

        return found;
    }

    // Where each character of the value is written, or null if that cannot be told.
    private static TextSpan[]? Map(SyntaxToken token, SyntaxKind form)
    {
        var (source, value) = (token.Text, token.ValueText);
        var map = new TextSpan[value.Length];
        var at = 0;
        for (var i = 0; i < value.Length; i++)
        {
            // The compiler takes away the indentation of raw strings.
            if (!HasEscapes(form))
            {
                while (at < source.Length && source[at] != value[i] && char.IsWhiteSpace(source[at])) at++;
            }

            var length = LengthAt(source, at, form);
            if (length == 0 || (length == 1 && source[at] != value[i])) return null;
            map[i] = new TextSpan(at, length);
            at += length;
        }

        return map;
    }

    // How many characters make one: a brace or a quote can be doubled, and a backslash begins an escape. Numeric escapes
    // are too rare in SQL to be worth following.
    private static int LengthAt(string source, int at, SyntaxKind form)
    {
        if (at >= source.Length) return 0;
        if (!HasEscapes(form)) return 1;
        var next = at + 1 < source.Length ? source[at + 1] : '\0';
        var isVerbatim = form == SyntaxKind.InterpolatedVerbatimStringStartToken;
        if (source[at] == '\\' && !isVerbatim) return "'\"\\0abefnrtv".IndexOf(next) >= 0 && next != '\0' ? 2 : 0;
        return source[at] == next && (next is '{' or '}' || (isVerbatim && next == '"')) ? 2 : 1;
    }

    private static bool HasEscapes(SyntaxKind form) =>
        form is SyntaxKind.InterpolatedStringStartToken or SyntaxKind.InterpolatedVerbatimStringStartToken;

    private sealed class Part(int start, InterpolatedStringContentSyntax syntax, TextSpan[]? map)
    {
        public int Start { get; } = start;

        public InterpolatedStringContentSyntax Syntax { get; } = syntax;

        public TextSpan? SpanOf(int index) => map is null ? null
            : new TextSpan(Syntax.SpanStart + map[index - Start].Start, map[index - Start].Length);
    }
}
