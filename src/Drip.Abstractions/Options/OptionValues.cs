namespace Drip;

/// <summary>The checked values of a job's options, by the option's place in <see cref="BackfillInfo.Options"/>.</summary>
public sealed class OptionValues
{
    private readonly object?[] _values;
    private readonly bool[] _given;

    internal OptionValues(object?[] values, bool[] given) => (_values, _given) = (values, given);

    /// <summary>Whether the option was given, or has a declared default.</summary>
    public bool Has(int index) => _given[index];

    /// <summary>The option's value, which has the type that its <see cref="OptionType"/> says.</summary>
    public T Get<T>(int index) => (T)_values[index]!;

    /// <summary>The option's value, or null where it was not given or is an explicit null.</summary>
    public object? this[int index] => _values[index];
}
