using System.Reflection;

namespace Drip.Runtime.Tests.Architecture;

/// <summary>
/// What users can call is written down beside this file, so that no change of it goes unseen.
/// A change that is meant is accepted with <c>DRIP_ACCEPT_SNAPSHOTS=1</c>.
/// </summary>
public sealed class PublicApi
{
    [Theory]
    [InlineData(typeof(ModelAttribute))]
    [InlineData(typeof(Drip.Batches.Engine))]
    [InlineData(typeof(Drip.Sqlite.SqliteDatabase))]
    [InlineData(typeof(Drip.Postgres.PostgresDatabase))]
    [InlineData(typeof(Drip.Hosting.DripApp))]
    public void The_public_surface_is_the_one_that_is_written_down(Type inAssembly)
    {
        var name = inAssembly.Assembly.GetName().Name;
        var path = Path.Combine(Repository.Root, "tests/Drip.Runtime.Tests/Architecture", $"{name}.txt");
        var actual = string.Join('\n', inAssembly.Assembly.GetExportedTypes().SelectMany(Describe).Order(StringComparer.Ordinal)) + "\n";
        if (Environment.GetEnvironmentVariable("DRIP_ACCEPT_SNAPSHOTS") == "1") File.WriteAllText(path, actual);

        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), actual);
    }

    private static IEnumerable<string> Describe(Type type)
    {
        var name = Name(type);
        yield return $"{Kind(type)} {name}{Bases(type)}";
        const BindingFlags all = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (var member in type.GetMembers(all))
        {
            if (Describe(member) is { } text) yield return $"{name}.{text}";
        }
    }

    // What records and enums bring along says nothing new; accessors are told with their properties.
    private static string? Describe(MemberInfo member) => member switch
    {
        FieldInfo { IsSpecialName: false } field when IsSeen(field.IsPublic, field.IsFamily || field.IsFamilyOrAssembly)
            => field.DeclaringType!.IsEnum ? $"{field.Name} = {field.GetRawConstantValue()}" : $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{field.Name}: {Name(field.FieldType)}",
        PropertyInfo property when property.GetMethod is { } getter && IsSeen(getter.IsPublic, getter.IsFamily || getter.IsFamilyOrAssembly) && property.Name != "EqualityContract"
            => $"{(getter.IsStatic ? "static " : "")}{property.Name}{Parameters(property.GetIndexParameters(), '[', ']')}: {Name(property.PropertyType)}{(property.SetMethod is { IsPublic: true } ? " { get; set; }" : "")}",
        ConstructorInfo constructor when IsSeen(constructor.IsPublic, constructor.IsFamily || constructor.IsFamilyOrAssembly) && !IsCopy(constructor)
            => $"new{Parameters(constructor.GetParameters(), '(', ')')}",
        MethodInfo method when IsSeen(method.IsPublic, method.IsFamily || method.IsFamilyOrAssembly) && !IsBroughtAlong(method)
            => $"{(method.IsStatic ? "static " : "")}{method.Name}{Generic(method)}{Parameters(method.GetParameters(), '(', ')')}: {Name(method.ReturnType)}",
        _ => null,
    };

    private static bool IsSeen(bool isPublic, bool isProtected) => isPublic || isProtected;

    private static bool IsCopy(ConstructorInfo constructor) => constructor.GetParameters() is [var only] && only.ParameterType == constructor.DeclaringType;

    private static bool IsBroughtAlong(MethodInfo method) =>
        (method.IsSpecialName && (method.Name.StartsWith("get_", StringComparison.Ordinal) || method.Name.StartsWith("set_", StringComparison.Ordinal)))
        || method.Name is "Equals" or "GetHashCode" or "ToString" or "PrintMembers" or "Deconstruct" or "<Clone>$" or "op_Equality" or "op_Inequality";

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static string Bases(Type type)
    {
        if (type.IsEnum) return "";
        var bases = type.GetInterfaces().Select(Name).Order(StringComparer.Ordinal).ToList();
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType)) bases.Insert(0, Name(parent));
        return bases.Count == 0 ? "" : " : " + string.Join(", ", bases);
    }

    private static string Generic(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    private static string Parameters(ParameterInfo[] parameters, char open, char close) => parameters.Length == 0 && open == '['
        ? ""
        : open + string.Join(", ", parameters.Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? " = " + (parameter.DefaultValue ?? "default") : "")}")) + close;

    private static string Name(Type type)
    {
        if (type.IsByRef) return "ref " + Name(type.GetElementType()!);
        if (type.IsArray) return Name(type.GetElementType()!) + "[]";
        if (Nullable.GetUnderlyingType(type) is { } inner) return Name(inner) + "?";
        if (type.IsGenericParameter) return type.Name;
        var name = type.IsNested ? $"{Name(type.DeclaringType!)}.{type.Name}" : type.Namespace?.StartsWith("System", StringComparison.Ordinal) == true ? type.Name : type.FullName ?? $"{type.Namespace}.{type.Name}";
        var tick = name.IndexOf('`');
        return tick < 0 ? name : $"{name[..tick]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }
}
