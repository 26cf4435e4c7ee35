using System.Runtime.CompilerServices;
using System.Threading;

namespace Drip.Generators.Parsing;

/// <summary>Numbers objects, so that one can be recognised without being kept.</summary>
internal static class Identity
{
    private static readonly ConditionalWeakTable<object, object> s_numbers = new();
    private static long s_last;

    /// <summary>The object's number; no other object of the process ever has it.</summary>
    public static long Of(object item) => (long)s_numbers.GetValue(item, static _ => Interlocked.Increment(ref s_last));
}
