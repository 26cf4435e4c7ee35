using System.Globalization;
using System.Text;

namespace Drip.Data;

/// <summary>
/// Puts one statement together: text, the author's SQL with its values, and numbered places for what changes from page
/// to page. Every place is numbered in the order of appearance, from 1.
/// </summary>
/// <param name="prefix">What stands before the number of a parameter: <c>?</c> in SQLite, <c>$</c> in PostgreSQL.</param>
internal sealed class SqlBuilder(char prefix)
{
    private readonly StringBuilder _text = new();
    private readonly List<PlacedValue> _values = [];
    private int _places;
    private bool _repeats;

    /// <summary>The author's values and the places they go to.</summary>
    public IReadOnlyList<PlacedValue> Values => _values;

    /// <summary>The number of the last place that was made.</summary>
    public int Places => _places;

    public SqlBuilder Append(string text)
    {
        _text.Append(text);
        return this;
    }

    /// <summary>The author's SQL. It ends with a line break, so that a comment at its end does not swallow what follows.</summary>
    public SqlBuilder Append(SqlText sql)
    {
        for (var i = 0; i < sql.Literals.Count; i++)
        {
            _text.Append(sql.Literals[i]);
            if (i == sql.Values.Count) break;
            Place();
            if (!_repeats) _values.Add(new PlacedValue(_places, sql.Values[i]));
        }

        _text.Append('\n');
        return this;
    }

    /// <summary>One place for a value that is bound later.</summary>
    public SqlBuilder Place()
    {
        _text.Append(prefix).Append((++_places).ToString(CultureInfo.InvariantCulture));
        return this;
    }

    /// <summary>An expression that has the next place in it, as often as it wants.</summary>
    public SqlBuilder PlaceIn(Func<string, string> expression)
    {
        _text.Append(expression(prefix + (++_places).ToString(CultureInfo.InvariantCulture)));
        return this;
    }

    /// <summary>What follows has the same places as what came before, in the same order, so nothing is bound twice.</summary>
    public SqlBuilder Repeat()
    {
        (_places, _repeats) = (0, true);
        return this;
    }

    /// <summary>A name, quoted.</summary>
    public SqlBuilder Name(string name)
    {
        _text.Append('"').Append(name.Replace("\"", "\"\"")).Append('"');
        return this;
    }

    /// <summary>A table's name, quoted; a dot in it separates the schema from the table.</summary>
    public SqlBuilder Table(string name)
    {
        var dot = name.IndexOf('.');
        return dot < 0 ? Name(name) : Name(name[..dot]).Append(".").Name(name[(dot + 1)..]);
    }

    /// <summary>Quoted names with commas between.</summary>
    public SqlBuilder Names(IReadOnlyList<string> names)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (i > 0) Append(", ");
            Name(names[i]);
        }

        return this;
    }

    /// <summary>
    /// What a SELECT yields: quoted names, or the expression that stands for one. An expression gets a name of its own
    /// (a letter and its place), for ORDER BY takes the name of a column for the expression if it can.
    /// </summary>
    public SqlBuilder Yield(IReadOnlyList<string> names, IReadOnlyList<string?> expressions, string letter)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (i > 0) Append(", ");
            if (expressions[i] is { } expression) Append($"{expression} AS drip_{letter}{i.ToString(CultureInfo.InvariantCulture)}");
            else Name(names[i]);
        }

        return this;
    }

    /// <summary>A comparison of the key with places for another key: a row value where the key has several columns.</summary>
    /// <param name="key">The names of the key's columns.</param>
    /// <param name="comparison">The operator.</param>
    /// <param name="casts">What follows each place; null for nothing.</param>
    public SqlBuilder CompareKey(IReadOnlyList<string> key, string comparison, IReadOnlyList<string?>? casts = null)
    {
        var row = key.Count > 1;
        Append(row ? "(" : "").Names(key).Append(row ? ") " : " ").Append(comparison).Append(row ? " (" : " ");
        for (var i = 0; i < key.Count; i++)
        {
            if (i > 0) Append(", ");
            Place();
            if (casts?[i] is { } cast) Append(cast);
        }

        return Append(row ? ")" : "");
    }

    public override string ToString() => _text.ToString();
}

/// <summary>A value of the author's, and the number of the place that it goes to.</summary>
internal sealed class PlacedValue(int place, object? value)
{
    public int Place => place;

    public object? Value => value;
}
