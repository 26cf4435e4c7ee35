namespace Drip.Simulation.Scheduling;

/// <summary>An invariant does not hold.</summary>
internal sealed class SimulationFailure(string invariant, Exception? inner = null) : Exception(invariant, inner);
