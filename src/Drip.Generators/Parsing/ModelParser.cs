using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Drip.Generators.Model;
using Drip.Generators.Parsing.Producers;
using Drip.Generators.Rules;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Parsing;

/// <summary>Reads a type with <c>[Model]</c>.</summary>
internal static class ModelParser
{
    private const int MostColumns = 256;

    /// <summary>Reads the model; null if nothing can be generated for it. What is wrong goes to the sink, if there is one.</summary>
    public static ModelSpec? Parse(INamedTypeSymbol type, Compilation compilation, IRuleSink? sink, CancellationToken cancellationToken)
    {
        if (type.IsUnnamed()) return null;
        var report = new RuleReport(sink);
        var place = TypeParser.Parse(type, DripRules.ModelIsNotPartial, DripRules.ModelIsGeneric, report);
        cancellationToken.ThrowIfCancellationRequested();

        var members = ModelMembers.Of(type, compilation);
        var construction = ConstructionParser.Parse(type, members, report);
        cancellationToken.ThrowIfCancellationRequested();

        var sources = construction.Columns(members);
        var columns = sources.Select(source => ColumnParser.Parse(source, construction, report)).ToEquatable();
        CheckColumns(type, sources, columns, report);
        cancellationToken.ThrowIfCancellationRequested();

        var key = KeyParser.Parse(type, sources, report);
        var record = ProducerParser.HasRecord(type) ? RecordParser.Parse(type, sources, columns, key, report) : null;
        if (record is not null)
        {
            columns = columns
                .Select((column, ordinal) => column with { Conflict = RecordParser.PolicyOf(sources[ordinal], column, key.Contains(ordinal), report) })
                .ToEquatable();
        }

        if (place is null || type.IsStatic || type.IsRefLikeType) return null;
        return new ModelSpec
        {
            Type = place,
            Table = TableOf(type),
            Columns = columns.Select((column, ordinal) => key.Contains(ordinal) ? NotNull(column) : column).ToEquatable(),
            Key = key.ToEquatable(),
            IsMutable = IsMutable(type, sources, columns),
            All = record is null ? Offer(type, "All") : MemberOffer.Leave,
            Where = record is null ? Offer(type, "Where") : MemberOffer.Leave,
            Record = record,
            Error = report.Error,
        };
    }

    /// <summary>Whether the type is, or will be once its part is generated, an <c>IModel</c> of itself.</summary>
    public static bool IsModel(INamedTypeSymbol type) =>
        type.Attribute(Names.Model) is not null
            ? !type.IsStatic && !type.IsRefLikeType && (type.DeclaringSyntaxReferences.Length == 0 || TypeParser.CanExtend(type))
            : type.AllInterfaces.Any(candidate => candidate.Is(Names.ModelInterface)
                && SymbolEqualityComparer.Default.Equals(candidate.TypeArguments[0], type));

    /// <summary>What a plan shows of a model that may be declared anywhere.</summary>
    public static RowSpec Describe(INamedTypeSymbol type, Compilation compilation)
    {
        var report = new RuleReport(sink: null);
        var members = ModelMembers.Of(type, compilation);
        var sources = ConstructionParser.Parse(type, members, report).Columns(members);
        var names = sources.Select(ColumnParser.NameOf).ToArray();
        var key = KeyParser.Parse(type, sources, report).Select(ordinal => names[ordinal]);
        return new RowSpec(type.NotNullName(), TableOf(type), names.ToEquatable(), key.ToEquatable());
    }

    private static string TableOf(INamedTypeSymbol type) =>
        type.Attribute(Names.Model)?.Argument(0) is string { Length: > 0 } table ? table : Naming.Snake(type.Name);

    private static void CheckColumns(
        INamedTypeSymbol type, IReadOnlyList<IPropertySymbol> sources, EquatableArray<ColumnSpec> columns, RuleReport report)
    {
        if (columns.Count > MostColumns) report.Report(DripRules.ModelHasTooManyColumns, type, type.Name, columns.Count);

        // SQL does not tell names apart by case.
        var owners = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var ordinal = 0; ordinal < columns.Count; ordinal++)
        {
            var column = columns[ordinal];
            if (owners.TryGetValue(column.Name, out var owner))
            {
                report.Report(DripRules.ColumnNameIsTaken, sources[ordinal], owner, column.Member, column.Name);
            }
            else
            {
                owners.Add(column.Name, column.Member);
            }
        }
    }

    // Bytes can be changed in place even where their member cannot be set.
    private static bool IsMutable(INamedTypeSymbol type, IReadOnlyList<IPropertySymbol> sources, EquatableArray<ColumnSpec> columns) =>
        (type.IsReferenceType && sources.Any(static source => source.SetMethod is { IsInitOnly: false }))
        || columns.Any(static column => column.Kind == ColumnKind.Bytes);

    // A key of code without nullability is a reference that may be null to the compiler, and never is in a table.
    private static ColumnSpec NotNull(ColumnSpec column) =>
        column with { IsNullable = false, TypeName = column.TypeName.TrimEnd('?') };

    private static MemberOffer Offer(INamedTypeSymbol type, string name)
    {
        if (type.Name == name || type.GetMembers(name).Length > 0) return MemberOffer.Leave;
        if (type.BaseType is not { } parent) return MemberOffer.Add;
        var isHiding = parent.Lineage().Any(ancestor =>
            ancestor.GetMembers(name).Any(static member => member.DeclaredAccessibility != Accessibility.Private)
            || (ancestor.Attribute(Names.Model) is not null && TypeParser.CanExtend(ancestor)));
        return isHiding ? MemberOffer.AddAsNew : MemberOffer.Add;
    }
}
