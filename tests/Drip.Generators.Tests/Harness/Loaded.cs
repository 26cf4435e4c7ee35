using System.Reflection;
using System.Runtime.Loader;

namespace Drip.Generators.Tests.Harness;

/// <summary>Compiled output that is loaded into this process, to see what it does.</summary>
internal sealed class Loaded
{
    private readonly Assembly _assembly;

    private Loaded(Assembly assembly) => _assembly = assembly;

    public static Loaded Of(params string[] sources)
    {
        var context = new AssemblyLoadContext("test output", isCollectible: true);
        using var stream = new MemoryStream(Compiled.Emit(Generation.Of(sources).Compiles().Output));
        return new Loaded(context.LoadFromStream(stream));
    }

    public Type Type(string name) => _assembly.GetType(name, throwOnError: true)!;

    /// <summary>Calls a static method or reads a static property of the author's.</summary>
    public object? Static(string type, string member) => Type(type).InvokeMember(
        member,
        BindingFlags.Static | BindingFlags.Public | BindingFlags.InvokeMethod | BindingFlags.GetProperty,
        binder: null, target: null, args: null);

    /// <summary>Calls a generic method of a test with the type's own arguments.</summary>
    public static object? Call(Type owner, string method, Type[] types, params object?[] arguments) => owner
        .GetMethod(method, BindingFlags.Static | BindingFlags.Public)!
        .MakeGenericMethod(types)
        .Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);
}
