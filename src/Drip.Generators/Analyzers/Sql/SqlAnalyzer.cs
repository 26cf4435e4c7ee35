using System.Collections.Concurrent;
using System.Collections.Immutable;
using Drip.Generators.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Drip.Generators.Analyzers.Sql;

/// <summary>Reads the SQL in every interpolated string that becomes a <c>SqlHandler</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class SqlAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(DripRules.SqlNamesUnknownColumn, DripRules.ScopeHasOrderOrLimit, DripRules.ValueStandsInsideQuotes);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName(Names.SqlHandler) is not { } handler) return;
            var models = new ConcurrentDictionary<INamedTypeSymbol, SqlModel?>(SymbolEqualityComparer.Default);
            start.RegisterOperationAction(
                operation => Analyze(operation, handler, models), OperationKind.InterpolatedStringHandlerCreation);
        });
    }

    private static void Analyze(
        OperationAnalysisContext context, INamedTypeSymbol handler, ConcurrentDictionary<INamedTypeSymbol, SqlModel?> models)
    {
        var creation = (IInterpolatedStringHandlerCreationOperation)context.Operation;
        if (!SymbolEqualityComparer.Default.Equals(creation.Type, handler)) return;
        if (creation.Syntax is not ExpressionSyntax expression) return;

        var source = SqlSource.Of(expression);
        var sql = SqlScanner.Scan(source.Text);
        var use = SqlUse.Of(creation);
        var model = use.Model is { } type ? models.GetOrAdd(type, key => SqlModel.Of(key, context.Compilation)) : null;

        ReportQuotedHoles(context, source, sql);
        if (use.IsScope) ReportPaging(context, source, sql, model);
        if (use.Role is SqlRole.Condition or SqlRole.Assignments && model is not null) ReportColumns(context, source, sql, model);
    }

    private static void ReportQuotedHoles(OperationAnalysisContext context, SqlSource source, SqlScanner sql)
    {
        foreach (var quoted in sql.QuotedHoles)
        {
            var hole = source.HoleAt(quoted.Index);
            var literal = quoted.Length > 0 ? source.FindExact(quoted.Start, quoted.Length) : null;
            context.ReportDiagnostic(Diagnostic.Create(
                DripRules.ValueStandsInsideQuotes, hole.GetLocation(), literal is null ? null : [literal], hole.Expression.ToString()));
        }
    }

    private static void ReportPaging(OperationAnalysisContext context, SqlSource source, SqlScanner sql, SqlModel? model)
    {
        if (Paging.Find(sql, model) is not { } paging) return;
        var hints = ImmutableDictionary<string, string?>.Empty;
        if (source.IsOneString && source.FindExact(paging.Start, paging.Length) is not null && sql.Tokens[0].Start < paging.Start)
        {
            hints = hints.Add(SqlFixHints.HasTail, "");
        }

        context.ReportDiagnostic(Diagnostic.Create(
            DripRules.ScopeHasOrderOrLimit, source.Locate(paging.Start, paging.Length), hints, paging.Words));
    }

    private static void ReportColumns(OperationAnalysisContext context, SqlSource source, SqlScanner sql, SqlModel model)
    {
        foreach (var name in ColumnNames.FindUnknown(sql, model))
        {
            var nearest = model.Nearest(name.Name);
            var hints = ImmutableDictionary<string, string?>.Empty;
            if (nearest is not null && source.FindExact(name.Start, name.Name.Length) is not null)
            {
                hints = hints.Add(SqlFixHints.Column, nearest);
            }

            var offer = nearest is null ? "" : $"; the nearest is '{nearest}'";
            context.ReportDiagnostic(Diagnostic.Create(
                DripRules.SqlNamesUnknownColumn, source.Locate(name.Start, name.Name.Length), hints, name.Name, model.Name, offer));
        }
    }
}
