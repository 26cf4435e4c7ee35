using System.Diagnostics;
using System.Reflection;
using Drip.Benchmarks.Measuring;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Drip.Benchmarks.Generators;

/// <summary>What the generators do again when someone types in a file that has nothing to do with them.</summary>
internal sealed class GeneratorComparison : IComparison
{
    private const int Classes = 1000;

    public string Name => "generator";

    public Task<IReadOnlyList<Measure>> RunAsync(Scale scale, Scratch scratch)
    {
        // An editor's process has long compiled the driver's own code to its best form, which takes more rounds than a scale has.
        const int warmUps = 15;
        var ratios = new List<double>();
        for (var round = -warmUps; round < scale.Rounds * 2; round++)
        {
            var ratio = EditOverFull();
            if (round >= 0) ratios.Add(ratio);
        }

        return Task.FromResult<IReadOnlyList<Measure>>(
        [
            new Measure($"generator, {Classes:N0} classes, unrelated edit: outputs made again (at most)", "full run", OutputsMadeAgain(), 0) { AtMost = true, Unit = "" },
            Measure.OfRounds($"generator, {Classes:N0} classes, unrelated edit (edit / full run, at most)", "full run", [.. ratios], 0.02, atMost: true),
        ]);
    }

    private static double EditOverFull()
    {
        var compilation = ManyClasses.Compile(Classes);
        var driver = Driver(track: false);
        var start = Stopwatch.GetTimestamp();
        driver = driver.RunGenerators(compilation);
        var full = Stopwatch.GetElapsedTime(start);

        const int edits = 5;
        var edit = new double[edits];
        for (var i = 0; i < edits; i++)
        {
            compilation = ManyClasses.Edit(compilation, i + 1);
            start = Stopwatch.GetTimestamp();
            driver = driver.RunGenerators(compilation);
            edit[i] = Stopwatch.GetElapsedTime(start) / full;
        }

        return Median.Of(edit);
    }

    private static int OutputsMadeAgain()
    {
        var compilation = ManyClasses.Compile(Classes);
        var driver = Driver(track: true).RunGenerators(compilation);
        var made = driver.GetRunResult().GeneratedTrees.Length;
        if (made < Classes) throw new InvalidOperationException($"The generators made {made} files of {Classes} classes.");

        driver = driver.RunGenerators(ManyClasses.Edit(compilation, 1));
        return driver.GetRunResult().Results
            .SelectMany(static result => result.TrackedOutputSteps.Values)
            .SelectMany(static steps => steps)
            .SelectMany(static step => step.Outputs)
            .Count(static output => output.Reason is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));
    }

    private static GeneratorDriver Driver(bool track)
    {
        var generators = Assembly.Load("Drip.Generators").GetTypes()
            .Where(static type => type.IsDefined(typeof(GeneratorAttribute), inherit: false))
            .Select(static type => ((IIncrementalGenerator)Activator.CreateInstance(type)!).AsSourceGenerator());
        return CSharpGeneratorDriver.Create(generators,
            parseOptions: new CSharpParseOptions(LanguageVersion.Latest),
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: track));
    }
}
