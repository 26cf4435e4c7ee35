namespace Drip.Generators.Model;

/// <summary>What a method of the author's returns that yields no value.</summary>
internal enum CallResult
{
    Void,
    Task,
    ValueTask,
}
