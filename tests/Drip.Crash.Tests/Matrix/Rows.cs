namespace Drip.Crash.Tests.Matrix;

/// <summary>The rows of the matrix: the size that eng/test has time for, or with <c>DRIP_MATRIX=full</c> all of it.</summary>
internal static class Rows
{
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("DRIP_MATRIX") == "full";

    public static TheoryData<string> All => [.. Scenarios.All.Where(scenario => IsFull || !scenario.IsExtra).Select(scenario => scenario.ToString())];

    public static Scenario Find(string name) => Scenarios.All.First(scenario => scenario.ToString() == name);
}
