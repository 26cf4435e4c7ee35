using System;
using System.Collections.Generic;
using System.Linq;

namespace Drip.Generators.Analyzers.Sql;

/// <summary>Finds the names in a condition or in a list of assignments that are neither columns nor anything else that SQL knows.</summary>
internal sealed class ColumnNames
{
    private static readonly string[] s_statements = ["select", "with", "values"];
    private static readonly string[] s_notInExpressions = ["select", "join", "union", "intersect", "except"];

    private readonly IReadOnlyList<SqlToken> _tokens;
    private readonly SqlModel _model;
    private readonly HashSet<string> _aliases;
    private readonly List<SqlToken> _unknown = [];

    private ColumnNames(IReadOnlyList<SqlToken> tokens, SqlModel model)
    {
        (_tokens, _model) = (tokens, model);
        _aliases = new HashSet<string>(
            tokens.Where((token, index) => token.IsName && IsKeyword(index - 1, "as")).Select(token => token.Name),
            StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The unknown names; none where the text is more than Drip can judge.</summary>
    public static IReadOnlyList<SqlToken> FindUnknown(SqlScanner sql, SqlModel model)
    {
        if (!sql.IsUnderstood) return [];
        var names = new ColumnNames(sql.Tokens, model);
        return names.Read() ? names._unknown : [];
    }

    private bool Read()
    {
        var depth = 0;
        for (var i = 0; i < _tokens.Count; i++)
        {
            var token = _tokens[i];
            if (token.Kind == SqlTokenKind.Open && s_statements.Any(word => IsKeyword(i + 1, word)))
            {
                i = EndOfParentheses(i);
            }
            else if (token.Kind == SqlTokenKind.Open)
            {
                depth++;
            }
            else if (token.Kind == SqlTokenKind.Close)
            {
                if (--depth < 0) return false;
            }
            else if (token.IsName)
            {
                if (IsBeyondExpressions(i, depth)) return false;
                i = ReadName(i);
            }
        }

        return depth == 0;
    }

    // Reads a name with its qualifiers and returns the place of its last part.
    private int ReadName(int first)
    {
        var last = first;
        while (KindAt(last + 1) == SqlTokenKind.Dot && last + 2 < _tokens.Count && _tokens[last + 2].IsName) last += 2;
        if (KindAt(last + 1) == SqlTokenKind.Dot) return last + 1;

        var name = _tokens[last];
        var isColumn = last > first ? _model.IsTable(_tokens[last - 2].Name) : CanBeColumn(first);
        if (isColumn && KindAt(last + 1) != SqlTokenKind.Open && !_model.HasColumn(name.Name)) _unknown.Add(name);
        return last;
    }

    private bool CanBeColumn(int index)
    {
        var token = _tokens[index];
        if (_aliases.Contains(token.Name)) return false;
        if (KindAt(index - 1) == SqlTokenKind.Cast || IsKeyword(index - 1, "collate")) return false;
        if (token.Kind == SqlTokenKind.QuotedWord) return true;
        return !SqlKeywords.Contains(token.Name) && KindAt(index + 1) != SqlTokenKind.Text && !IsKeyword(index + 1, "from");
    }

    private bool IsBeyondExpressions(int index, int depth) =>
        s_notInExpressions.Any(word => IsKeyword(index, word))
        || (depth == 0 && IsKeyword(index, "from") && !IsKeyword(index - 1, "distinct"));

    private int EndOfParentheses(int open)
    {
        var depth = 0;
        for (var i = open; i < _tokens.Count; i++)
        {
            if (_tokens[i].Kind == SqlTokenKind.Open) depth++;
            if (_tokens[i].Kind == SqlTokenKind.Close && --depth == 0) return i;
        }

        return _tokens.Count;
    }

    private bool IsKeyword(int index, string word) => index >= 0 && index < _tokens.Count && _tokens[index].Is(word);

    private SqlTokenKind? KindAt(int index) => index >= 0 && index < _tokens.Count ? _tokens[index].Kind : null;
}
