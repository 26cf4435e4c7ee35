using System.Linq;
using System.Threading;
using Drip.Generators.Model;
using Drip.Generators.Rules;
using Microsoft.CodeAnalysis;

namespace Drip.Generators.Parsing;

/// <summary>Reads a class with <c>[Backfill]</c>.</summary>
internal static class BackfillParser
{
    private const int DefaultBatchSize = 1000;
    private const int MostPartitions = 64;

    /// <summary>Reads the backfill; null if nothing can be generated for it. What is wrong goes to the sink, if there is one.</summary>
    public static BackfillSpec? Parse(INamedTypeSymbol type, Compilation compilation, IRuleSink? sink, CancellationToken cancellationToken)
    {
        if (type.IsUnnamed() || type.Attribute(Names.Backfill) is not { } attribute) return null;
        var report = new RuleReport(sink);
        var place = TypeParser.Parse(type, DripRules.BackfillIsNotPartial, DripRules.BackfillIsGeneric, report);
        CheckKind(type, report);
        var name = NameOf(type, attribute);
        if (!Naming.IsKebab(name)) ReportName(type, attribute, name, report);
        var batchSize = BatchSizeOf(type, attribute, report);
        var sleep = SleepOf(type, attribute, report);
        var rate = RateOf(type, attribute, report);
        var partitions = PartitionsOf(type, attribute, report);
        var (maxFailures, failureRate) = FailuresOf(type, attribute, report);
        cancellationToken.ThrowIfCancellationRequested();

        var row = ScopeParser.Parse(type, compilation, report);
        var process = ProcessParser.Parse(type, row, compilation, report);
        var hooks = HookParser.Parse(type, compilation, report);
        cancellationToken.ThrowIfCancellationRequested();

        var options = OptionParser.Parse(type, compilation, report, cancellationToken);
        var constructor = ServiceParser.Constructor(type, options.Members, report);
        if (place is null || row is null || type.IsStatic || !ModelParser.IsModel(row)) return null;
        return new BackfillSpec
        {
            Type = place,
            Name = name,
            Class = type.ToDisplayString(),
            Description = attribute.Named("Description") as string,
            BatchSize = batchSize,
            SleepMilliseconds = sleep,
            RatePerSecond = rate,
            Partitions = partitions,
            MaxFailures = maxFailures,
            FailureRate = failureRate,
            Database = attribute.Named("Database") as string,
            Row = ModelParser.Describe(row, compilation),
            Process = process,
            Constructor = constructor,
            Options = options.Specs,
            Hooks = hooks,
            Error = report.Error,
        };
    }

    /// <summary>The job's name, as the attribute says or as the class is called.</summary>
    public static string NameOf(INamedTypeSymbol type, AttributeData attribute) =>
        attribute.Named("Name") as string ?? Naming.Kebab(type.Name);

    private static void CheckKind(INamedTypeSymbol type, RuleReport report)
    {
        var problem = type switch
        {
            { IsStatic: true } => "static",
            { IsAbstract: true } => "abstract",
            { IsFileLocal: true } => null,
            _ when !type.IsVisibleInAssembly() => "private",
            _ => null,
        };
        if (problem is not null) report.Report(DripRules.BackfillIsAbstractOrStatic, type, type.Name, problem);
    }

    private static void ReportName(INamedTypeSymbol type, AttributeData attribute, string name, RuleReport report) =>
        report.Report(DripRules.BackfillSettingIsInvalid, attribute, type, "name", name, type.Name,
            "Use small letters and digits in words joined by minus signs, for example 'add-role'");

    private static int BatchSizeOf(INamedTypeSymbol type, AttributeData attribute, RuleReport report)
    {
        if (attribute.Named("BatchSize") is not int size) return DefaultBatchSize;
        if (size < 1)
        {
            report.Report(DripRules.BackfillSettingIsInvalid, attribute, type, "batch size", size, type.Name,
                "Use a number of rows from 1");
        }

        return size;
    }

    private static int PartitionsOf(INamedTypeSymbol type, AttributeData attribute, RuleReport report)
    {
        if (attribute.Named("Partitions") is not int partitions) return 1;
        if (partitions is >= 1 and <= MostPartitions) return partitions;
        report.Report(DripRules.BackfillSettingIsInvalid, attribute, type, "number of partitions", partitions, type.Name,
            $"Use a number from 1 to {MostPartitions}");
        return 1;
    }

    private static (int Most, double Rate) FailuresOf(INamedTypeSymbol type, AttributeData attribute, RuleReport report)
    {
        var most = attribute.Named("MaxFailures") as int? ?? 0;
        if (most < 0)
        {
            report.Report(DripRules.BackfillSettingIsInvalid, attribute, type, "number of failures", most, type.Name,
                "Use a number of rows from 0");
            most = 0;
        }

        var rate = attribute.Named("FailureRate") as double? ?? 0;
        if (rate is >= 0 and <= 1) return (most, rate);
        report.Report(DripRules.BackfillSettingIsInvalid, attribute, type, "failure rate", rate, type.Name,
            "Use a share of the rows from 0 to 1, for example 0.01");
        return (most, 0);
    }

    private static double RateOf(INamedTypeSymbol type, AttributeData attribute, RuleReport report)
    {
        if (attribute.Named("RatePerSecond") is not double rate) return 0;
        if (rate >= 0 && !double.IsInfinity(rate)) return rate;
        report.Report(DripRules.BackfillSettingIsInvalid, attribute, type, "rate", rate, type.Name,
            "Use a number of rows per second from 0, where 0 is no limit, for example 500");
        return 0;
    }

    private static long SleepOf(INamedTypeSymbol type, AttributeData attribute, RuleReport report)
    {
        if (attribute.Named("Sleep") is not string text) return 0;
        if (DurationText.Milliseconds(text) is { } sleep) return sleep;
        report.Report(DripRules.BackfillSettingIsInvalid, attribute, type, "sleep", text, type.Name, DurationText.Remedy);
        return 0;
    }
}
