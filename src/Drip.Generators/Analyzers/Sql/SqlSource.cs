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
        if (first.PositionOf(start) is not { } from || last.PositionOf(start + length - 1) is not { } to) return null;
        return Location.Create(first.Syntax.SyntaxTree, TextSpan.FromBounds(from, to + 1));
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
                var hasEscapes = interpolated.StringStartToken.IsKind(SyntaxKind.InterpolatedStringStartToken);
                foreach (var content in interpolated.Contents) Add(content, hasEscapes);
                break;
        }
    }

    private void Add(InterpolatedStringContentSyntax content, bool hasEscapes)
    {
        var start = _text.Length;
        if (content is InterpolatedStringTextSyntax { TextToken: var token })
        {
            _text.Append(token.ValueText);
            _parts.Add(new Part(start, content, Map(token.Text, token.ValueText, hasEscapes)));
        }
        else
        {
            _text.Append(Hole);
            _parts.Add(new Part(start, content, [0]));
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

    // The compiler takes away the indentation of raw strings and the second of a doubled brace or quote, and makes one
    // character of an escape. Numeric escapes are too rare in SQL to be worth following.
    private static int[]? Map(string source, string value, bool hasEscapes)
    {
        var map = new int[value.Length];
        var at = 0;
        for (var i = 0; i < value.Length; i++, at++)
        {
            while (true)
            {
                if (at >= source.Length) return null;
                if (hasEscapes && source[at] == '\\')
                {
                    if (at + 1 == source.Length || "'\"\\0abefnrtv".IndexOf(source[at + 1]) < 0) return null;
                    map[i] = at++;
                    break;
                }

                if (source[at] == value[i])
                {
                    map[i] = at;
                    break;
                }

                if (!char.IsWhiteSpace(source[at]) && "{}\"".IndexOf(source[at]) < 0) return null;
                at++;
            }
        }

        return map;
    }

    private sealed class Part(int start, InterpolatedStringContentSyntax syntax, int[]? map)
    {
        public int Start { get; } = start;

        public InterpolatedStringContentSyntax Syntax { get; } = syntax;

        public int? PositionOf(int index) => map is null ? null : Syntax.SpanStart + map[index - Start];
    }
}
