// What the compiler looks for by name and netstandard2.0 does not have.
namespace System.Runtime.CompilerServices
{
    internal static class IsExternalInit;

    [global::System.AttributeUsage(
        global::System.AttributeTargets.Class | global::System.AttributeTargets.Struct
            | global::System.AttributeTargets.Field | global::System.AttributeTargets.Property,
        Inherited = false)]
    internal sealed class RequiredMemberAttribute : global::System.Attribute;

    [global::System.AttributeUsage(global::System.AttributeTargets.All, AllowMultiple = true, Inherited = false)]
    internal sealed class CompilerFeatureRequiredAttribute(string featureName) : global::System.Attribute
    {
        public string FeatureName { get; } = featureName;
    }
}

namespace System.Diagnostics.CodeAnalysis
{
    [global::System.AttributeUsage(global::System.AttributeTargets.Constructor)]
    internal sealed class SetsRequiredMembersAttribute : global::System.Attribute;

    [global::System.AttributeUsage(global::System.AttributeTargets.Parameter)]
    internal sealed class NotNullWhenAttribute(bool returnValue) : global::System.Attribute
    {
        public bool ReturnValue { get; } = returnValue;
    }
}
