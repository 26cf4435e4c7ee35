using System.Collections;
using System.Runtime.CompilerServices;
using System.Text;

namespace Drip;

/// <summary>
/// A piece of SQL whose values are parameters: <see cref="Literals"/> are the author's text, one more than there are
/// <see cref="Values"/>; between literal <c>n</c> and <c>n + 1</c> stands the parameter for value <c>n</c>.
/// </summary>
public sealed class SqlText
{
    internal SqlText(IReadOnlyList<string> literals, IReadOnlyList<object?> values) => (Literals, Values) = (literals, values);

    /// <summary>The author's text, around the values.</summary>
    public IReadOnlyList<string> Literals { get; }

    /// <summary>The values, each a scalar or null.</summary>
    public IReadOnlyList<object?> Values { get; }

    /// <summary>The text with <c>?</c> for each parameter, for people to read.</summary>
    public override string ToString() => string.Join('?', Literals);
}

/// <summary>
/// Takes an interpolated string apart into SQL and parameters: a value in braces never becomes part of the text, so it
/// cannot be read as SQL. A list in braces (<c>id IN ({ids})</c>) becomes one parameter for each of its elements.
/// </summary>
[InterpolatedStringHandler]
public struct SqlHandler
{
    private readonly StringBuilder _literal;
    private readonly List<string> _literals;
    private readonly List<object?> _values;
    private bool _inQuotes;
    private bool _inComment;

    /// <summary>Called by the compiler.</summary>
    public SqlHandler(int literalLength, int formattedCount)
    {
        _literal = new StringBuilder(literalLength);
        _literals = new List<string>(formattedCount + 1);
        _values = new List<object?>(formattedCount);
    }

    /// <summary>Called by the compiler where a condition decides whether the string is wanted at all: if not, its holes are not evaluated.</summary>
    public SqlHandler(int literalLength, int formattedCount, bool condition, out bool wanted)
        : this(condition ? literalLength : 0, condition ? formattedCount : 0) => wanted = condition;

    /// <summary>Called by the compiler for the text between holes.</summary>
    public void AppendLiteral(string text)
    {
        for (var i = 0; i < text.Length; i++) Look(text, i);
        _literal.Append(text);
    }

    /// <summary>Called by the compiler for a hole: the value becomes a parameter.</summary>
    /// <exception cref="DripException">The hole stands inside quotes, where SQL would not see a parameter.</exception>
    public void AppendFormatted<T>(T value)
    {
        if (_inQuotes)
        {
            throw new DripException(DripErrorKind.Usage, "value-inside-quotes",
                $"A value stands inside quotes in the SQL \"{_literal}…\", where it would be text and not a parameter.",
                "Take the quotes away: Drip makes every value a parameter.");
        }

        if (value is IEnumerable list and not string and not byte[])
        {
            AppendList(list);
            return;
        }

        _literals.Add(_literal.ToString());
        _literal.Clear();
        _values.Add(value);
    }

    internal readonly SqlText ToSql() => new([.. _literals, _literal.ToString()], [.. _values]);

    // Follows quotes from hole to hole. An apostrophe in a comment opens nothing, and a comment ends with its line.
    private void Look(string text, int at)
    {
        if (_inComment) _inComment = text[at] != '\n';
        else if (text[at] == '\'') _inQuotes = !_inQuotes;
        else if (!_inQuotes && text[at] == '-' && at > 0 && text[at - 1] == '-') _inComment = true;
    }

    private void AppendList(IEnumerable list)
    {
        var first = true;
        foreach (var element in list)
        {
            if (!first) _literal.Append(", ");
            AppendFormatted(element);
            first = false;
        }

        // IN (NULL) is true for no row, which is what an empty list means.
        if (first) _literal.Append("NULL");
    }
}
