namespace Drip.Generators.Model;

/// <summary>One hook of the author's.</summary>
/// <param name="Point">The number of its place, as the runtime counts them.</param>
/// <param name="Identifier">The method that is called.</param>
/// <param name="Result">What the method returns.</param>
/// <param name="Arguments">What it takes.</param>
internal sealed record HookSpec(int Point, string Identifier, CallResult Result, EquatableArray<ArgumentSpec> Arguments);

/// <summary>Everything that is printed for one <c>[HookHandler]</c>.</summary>
/// <param name="Type">The author's class.</param>
/// <param name="Class">Its full name, for people.</param>
/// <param name="Hooks">Its hooks, in the order of their places.</param>
internal sealed record HookHandlerSpec(TypeSpec Type, string Class, EquatableArray<HookSpec> Hooks);
