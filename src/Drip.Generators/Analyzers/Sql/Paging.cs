using System.Collections.Generic;

namespace Drip.Generators.Analyzers.Sql;

/// <summary>The words with which a scope orders or limits its rows, outside all parentheses.</summary>
internal readonly record struct Paging(string Words, int Start, int Length)
{
    private static readonly string[] s_limits = ["limit", "offset", "fetch"];

    /// <summary>The first of them, or null if there is none.</summary>
    public static Paging? Find(SqlScanner sql, SqlModel? model)
    {
        var depth = 0;
        for (var i = 0; i < sql.Tokens.Count; i++)
        {
            var token = sql.Tokens[i];
            if (token.Kind == SqlTokenKind.Open) depth++;
            if (token.Kind == SqlTokenKind.Close) depth--;
            if (token.Kind != SqlTokenKind.Word || depth != 0 || IsPartOfName(sql.Tokens, i)) continue;

            if (token.Is("order") && i + 1 < sql.Tokens.Count && sql.Tokens[i + 1] is var by && by.Is("by"))
            {
                return new Paging("ORDER BY", token.Start, by.Start + by.Name.Length - token.Start);
            }

            foreach (var word in s_limits)
            {
                if (token.Is(word) && model?.HasColumn(word) != true) return new Paging(word.ToUpperInvariant(), token.Start, word.Length);
            }
        }

        return null;
    }

    private static bool IsPartOfName(IReadOnlyList<SqlToken> tokens, int index) =>
        (index > 0 && tokens[index - 1].Kind == SqlTokenKind.Dot)
        || (index + 1 < tokens.Count && tokens[index + 1].Kind is SqlTokenKind.Dot or SqlTokenKind.Open);
}
