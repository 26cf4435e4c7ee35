using System;

namespace Drip.Generators.Analyzers.Sql;

internal enum SqlTokenKind
{
    Word,
    QuotedWord,
    Text,
    Number,
    Operator,
    Cast,
    Dot,
    Comma,
    Open,
    Close,
    Hole,
}

/// <summary>One token of SQL.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where it begins; for a quoted word, where the name within the quotes begins.</param>
/// <param name="Name">Its text; for a quoted word, the name within the quotes.</param>
internal readonly record struct SqlToken(SqlTokenKind Kind, int Start, string Name)
{
    /// <summary>Whether this is a name, quoted or not.</summary>
    public bool IsName => Kind is SqlTokenKind.Word or SqlTokenKind.QuotedWord;

    /// <summary>Whether this is the given keyword.</summary>
    public bool Is(string keyword) => Kind == SqlTokenKind.Word && string.Equals(Name, keyword, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A value that stands inside quotes.</summary>
/// <param name="Index">Where the value stands in the text.</param>
/// <param name="Start">Where the opening quote stands.</param>
/// <param name="Length">The length with both quotes; 0 if the closing one is missing.</param>
internal readonly record struct QuotedHole(int Index, int Start, int Length);
