using System;
using System.Collections.Generic;

namespace Drip.Generators.Analyzers.Sql;

/// <summary>
/// Takes SQL apart into tokens, far enough to tell names from everything else in SQLite and PostgreSQL. What it does not
/// know for certain makes it say so, and the text is then not judged: a wrong warning costs more than a missed mistake.
/// </summary>
internal sealed class SqlScanner
{
    private readonly string _text;
    private readonly List<SqlToken> _tokens = [];
    private readonly List<QuotedHole> _quotedHoles = [];
    private int _at;

    private SqlScanner(string text) => _text = text;

    /// <summary>The tokens, without comments and white space.</summary>
    public IReadOnlyList<SqlToken> Tokens => _tokens;

    /// <summary>The values that stand inside quotes, where they would be text.</summary>
    public IReadOnlyList<QuotedHole> QuotedHoles => _quotedHoles;

    /// <summary>Whether every character was understood.</summary>
    public bool IsUnderstood { get; private set; } = true;

    public static SqlScanner Scan(string text)
    {
        var scanner = new SqlScanner(text);
        while (scanner._at < text.Length) scanner.Next();
        return scanner;
    }

    private char Current => Peek(0);

    private char Peek(int offset) => _at + offset >= 0 && _at + offset < _text.Length ? _text[_at + offset] : '\0';

    private void Next()
    {
        var c = Current;
        if (char.IsWhiteSpace(c)) _at++;
        else if (c == '-' && Peek(1) == '-') SkipTo("\n");
        else if (c == '/' && Peek(1) == '*') SkipTo("*/");
        else if (c is '\'' or '"' or '`') Quoted(c);
        else if (c == '[') Bracketed();
        else if (char.IsDigit(c) || (c == '.' && char.IsDigit(Peek(1)))) Number();
        else if (IsWordStart(c)) Word();
        else Punctuation(c);
    }

    private void SkipTo(string end)
    {
        var found = _text.IndexOf(end, _at + 2, StringComparison.Ordinal);
        _at = found < 0 ? _text.Length : found + end.Length;
    }

    private void Quoted(char quote)
    {
        var start = _at++;
        var holes = new List<int>();
        while (Current != quote || Peek(1) == quote)
        {
            if (_at >= _text.Length)
            {
                IsUnderstood = false;
                AddHoles(holes, start, 0);
                return;
            }

            if (Current == SqlSource.Hole) holes.Add(_at);
            _at += Current == quote ? 2 : 1;
        }

        _at++;
        AddHoles(holes, start, _at - start);
        var isText = quote == '\'';
        if (holes.Count > 0 && !isText) IsUnderstood = false;
        Add(isText ? SqlTokenKind.Text : SqlTokenKind.QuotedWord, start + 1, _at - start - 2);
    }

    private void AddHoles(List<int> holes, int start, int length)
    {
        foreach (var hole in holes) _quotedHoles.Add(new QuotedHole(hole, start, length));
    }

    // [x] is a name in SQLite, but in PostgreSQL what follows a name in brackets is a place in an array.
    private void Bracketed()
    {
        var end = _text.IndexOf(']', _at);
        var isName = end > _at + 1 && IsWordStart(_text[_at + 1]) && !EndsInValue();
        for (var i = _at + 1; isName && i < end; i++) isName = IsWordPart(_text[i]) || _text[i] == ' ';
        if (isName)
        {
            Add(SqlTokenKind.QuotedWord, _at + 1, end - _at - 1);
            _at = end + 1;
            return;
        }

        IsUnderstood = false;
        _at++;
    }

    private bool EndsInValue()
    {
        if (_tokens.Count == 0) return false;
        var last = _tokens[_tokens.Count - 1];
        return last.Kind is SqlTokenKind.Close or SqlTokenKind.QuotedWord
            || (last.Kind == SqlTokenKind.Word && (last.Is("array") || !SqlKeywords.Contains(last.Name)));
    }

    private void Number()
    {
        var start = _at;
        while (IsWordPart(Current) || Current == '.' || (Current is '+' or '-' && Peek(-1) is 'e' or 'E')) _at++;
        Add(SqlTokenKind.Number, start, _at - start);
    }

    private void Word()
    {
        var start = _at;
        if (Peek(-1) == SqlSource.Hole) IsUnderstood = false;
        while (IsWordPart(Current)) _at++;
        // x'00' is a blob; the escapes of e'…' and u&'…' are not known here.
        if (Current == '\'' && _at - start == 1)
        {
            if (_text[start] is 'x' or 'X' or 'b' or 'B' or 'n' or 'N') return;
            IsUnderstood = false;
        }

        if (Current == SqlSource.Hole) IsUnderstood = false;
        Add(SqlTokenKind.Word, start, _at - start);
    }

    private void Punctuation(char c)
    {
        var kind = c switch
        {
            SqlSource.Hole => SqlTokenKind.Hole,
            '(' => SqlTokenKind.Open,
            ')' => SqlTokenKind.Close,
            ',' => SqlTokenKind.Comma,
            '.' => SqlTokenKind.Dot,
            ':' when Peek(1) == ':' => SqlTokenKind.Cast,
            _ => SqlTokenKind.Operator,
        };
        if (kind == SqlTokenKind.Operator && !IsKnownOperator(c)) IsUnderstood = false;
        var length = kind == SqlTokenKind.Cast ? 2 : 1;
        Add(kind, _at, length);
        _at += length;
    }

    // A sign that begins a parameter's name, ends a statement or escapes is not an operator here.
    private bool IsKnownOperator(char c) =>
        "=<>!+-*/%|&~^?".IndexOf(c) >= 0 || (c is '@' or '#' && !IsWordStart(Peek(1)) && !char.IsDigit(Peek(1)));

    private void Add(SqlTokenKind kind, int start, int length) => _tokens.Add(new SqlToken(kind, start, _text.Substring(start, length)));

    private static bool IsWordStart(char c) => char.IsLetter(c) || c == '_';

    private static bool IsWordPart(char c) => char.IsLetterOrDigit(c) || c is '_' or '$';
}
