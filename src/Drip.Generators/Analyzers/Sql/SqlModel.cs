using System;
using System.Collections.Generic;
using System.Linq;
using Drip.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Analyzers.Sql;

/// <summary>What SQL can name of a model.</summary>
internal sealed record SqlModel(string Name, string Table, IReadOnlyList<string> Columns)
{
    private const int FarthestTypo = 3;

    /// <summary>Reads the model; null if the type has no <c>[Model]</c>, so that its columns cannot be known.</summary>
    public static SqlModel? Of(INamedTypeSymbol type, Compilation compilation)
    {
        if (type.Attribute(Names.Model) is null) return null;
        var row = ModelParser.Describe(type, compilation);
        IEnumerable<string> columns = row.Columns;
        // Setters that are internal to another assembly cannot be seen from here, so that any property may be a column.
        if (type.DeclaringSyntaxReferences.Length == 0)
        {
            columns = columns.Union(ModelMembers.Of(type, compilation).Properties.Select(ColumnParser.NameOf));
        }

        return new SqlModel(type.Name, row.Table, [.. columns]);
    }

    public bool HasColumn(string name) => Columns.Contains(name, StringComparer.OrdinalIgnoreCase);

    public bool IsTable(string name) => string.Equals(name, Table, StringComparison.OrdinalIgnoreCase);

    /// <summary>The column that was probably meant: the same word in another spelling, a near one, or one that begins alike.</summary>
    public string? Nearest(string name)
    {
        var word = Plain(name);
        var farthest = Math.Min(FarthestTypo, Math.Max(1, word.Length / 2));
        var near = Columns
            .Select(column => (Column: column, Distance: Spelling.Distance(word, Plain(column))))
            .Where(candidate => candidate.Distance <= farthest)
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Column, StringComparer.Ordinal)
            .Select(candidate => candidate.Column)
            .FirstOrDefault();
        return near ?? Columns.FirstOrDefault(column => BeginsAlike(word, Plain(column)));
    }

    private static bool BeginsAlike(string word, string column) =>
        word.Length > 1 && column.Length > 1
            && (column.StartsWith(word, StringComparison.Ordinal) || word.StartsWith(column, StringComparison.Ordinal));

    private static string Plain(string name) => name.Replace("_", "").ToLowerInvariant();
}
