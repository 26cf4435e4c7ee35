using Drip.Generators.Pipelines;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Drip.Generators.Tests.Harness;

/// <summary>What Drip's generators made of a compilation, and the driver that can go on from there.</summary>
internal sealed class Generation
{
    private Generation(GeneratorDriver driver, Compilation output)
    {
        Driver = driver;
        Output = output;
        Result = driver.GetRunResult();
    }

    public GeneratorDriver Driver { get; }

    /// <summary>The author's sources and the generated ones.</summary>
    public Compilation Output { get; }

    public GeneratorDriverRunResult Result { get; }

    /// <summary>The generated files, by hint name.</summary>
    public IReadOnlyDictionary<string, string> Files => Result.Results
        .SelectMany(static result => result.GeneratedSources)
        .ToDictionary(static source => source.HintName, static source => source.SourceText.ToString());

    /// <summary>All generated files as one text.</summary>
    public string Text => string.Concat(Files.OrderBy(static file => file.Key, StringComparer.Ordinal).Select(static file => $"// {file.Key}\n{file.Value}"));

    /// <summary>Runs the generators over sources.</summary>
    public static Generation Of(params string[] sources) => Of(Compiled.Of(sources));

    public static Generation Of(Compilation compilation, BuildProperties? properties = null) => Run(CSharpGeneratorDriver.Create(
        [
            new ModelGenerator().AsSourceGenerator(), new BackfillGenerator().AsSourceGenerator(),
            new HookHandlerGenerator().AsSourceGenerator(), new ProducerGenerator().AsSourceGenerator(), new ManifestGenerator().AsSourceGenerator(),
            new PlanLockGenerator().AsSourceGenerator(),
        ],
        parseOptions: Compiled.ParseOptions,
        optionsProvider: properties,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true)), compilation);

    /// <summary>Runs the same driver over an edited compilation.</summary>
    public Generation Again(Compilation compilation) => Run(Driver, compilation);

    /// <summary>The generated file whose hint name begins so.</summary>
    public string File(string start) => Files.Single(file => file.Key.StartsWith(start, StringComparison.Ordinal)).Value;

    /// <summary>What a step yielded and why, from each generator that has it.</summary>
    public (object? Value, IncrementalStepRunReason Reason)[] Outputs(string step)
    {
        var runs = Result.Results.Where(result => result.TrackedSteps.ContainsKey(step)).SelectMany(result => result.TrackedSteps[step]).ToArray();
        Assert.NotEmpty(runs);
        return [.. runs.SelectMany(static run => run.Outputs)];
    }

    /// <summary>Why each output of a step came to be.</summary>
    public IncrementalStepRunReason[] Reasons(string step) => [.. Outputs(step).Select(static output => output.Reason)];

    /// <summary>Why each generated file came to be.</summary>
    public IncrementalStepRunReason[] OutputReasons() =>
    [
        .. Result.Results
            .SelectMany(static result => result.TrackedOutputSteps)
            .SelectMany(static step => step.Value)
            .SelectMany(static run => run.Outputs)
            .Select(static output => output.Reason),
    ];

    /// <summary>Asserts that the author's and the generated code compile without errors and warnings.</summary>
    public Generation Compiles()
    {
        Assert.Empty(Compiled.Complaints(Output));
        return this;
    }

    private static Generation Run(GeneratorDriver driver, Compilation compilation)
    {
        driver = driver.RunGeneratorsAndUpdateCompilation(
            compilation, out var output, out var diagnostics, TestContext.Current.CancellationToken);
        Assert.Empty(diagnostics);
        Assert.All(driver.GetRunResult().Results, static result => Assert.Null(result.Exception));
        return new Generation(driver, output);
    }
}
