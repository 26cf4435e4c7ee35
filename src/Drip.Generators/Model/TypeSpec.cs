namespace Drip.Generators.Model;

/// <summary>A type of the author's, with all that another part of its declaration must repeat.</summary>
/// <param name="Namespace">Its namespace as C#, or null for the global one.</param>
/// <param name="Containers">The declarations around it, outermost first, for example <c>partial class Outer</c>.</param>
/// <param name="Declaration">Its own declaration, for example <c>partial record struct Point</c>.</param>
/// <param name="Name">Its name in messages.</param>
/// <param name="FullName">Its name in generated code, with <c>global::</c>.</param>
/// <param name="HintName">The name of its generated file, without extension; no other type of the compilation has it.</param>
internal sealed record TypeSpec(
    string? Namespace,
    EquatableArray<string> Containers,
    string Declaration,
    string Name,
    string FullName,
    string HintName);
