namespace Drip.Generators.Model;

/// <summary>One job that the manifest registers.</summary>
internal sealed record JobSpec(string Name, string FullName, string RowName);

/// <summary>One producer that the manifest registers.</summary>
internal sealed record ListedProducerSpec(string Name, string FullName);

/// <summary>One hook handler that the manifest registers.</summary>
internal sealed record HandlerSpec(string FullName, string Class);

/// <summary>What the manifest needs to know of the compilation.</summary>
/// <param name="AssemblyName">The compilation's assembly.</param>
/// <param name="KnowsDrip">Whether Drip.Abstractions is referenced.</param>
/// <param name="IsExecutable">Whether the compilation makes a program, which can be a host.</param>
/// <param name="SeesAddJobs">Whether a referenced assembly shows its own <c>AddJobs()</c> to this one.</param>
/// <param name="Manifests">The manifest classes of referenced assemblies, as C#, in ordinal order.</param>
internal sealed record EnvironmentSpec(
    string AssemblyName,
    bool KnowsDrip,
    bool IsExecutable,
    bool SeesAddJobs,
    EquatableArray<string> Manifests);

/// <summary>Everything that is printed once per assembly.</summary>
/// <param name="ClassName">The manifest class of this assembly.</param>
/// <param name="Jobs">Its jobs, by name.</param>
/// <param name="Producers">Its producers, by name.</param>
/// <param name="Handlers">Its hook handlers, by name; the rules allow one.</param>
/// <param name="HasAddJobs">Whether this assembly gets an <c>AddJobs()</c> of its own.</param>
/// <param name="Manifests">The manifest classes of referenced assemblies.</param>
internal sealed record ManifestSpec(
    string ClassName,
    EquatableArray<JobSpec> Jobs,
    EquatableArray<ListedProducerSpec> Producers,
    EquatableArray<HandlerSpec> Handlers,
    bool HasAddJobs,
    EquatableArray<string> Manifests);
