namespace Drip.Workers;

/// <summary>
/// Where the engine's work goes on when it does not simply go on: beside other work, and after a wait that ends early. A
/// simulation does both on its one thread, in the order that its seed draws.
/// </summary>
/// <param name="Beside">Begins work beside the caller's.</param>
/// <param name="Wait">Waits.</param>
internal sealed record Threads(Func<Func<Task>, Task> Beside, Func<TimeSpan, TimeProvider, CancellationToken, Task> Wait)
{
    public static Threads OfThePool { get; } = new(Task.Run, Task.Delay);
}
